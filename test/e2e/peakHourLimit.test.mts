import { readFile } from 'node:fs/promises';
import { DateTime } from 'luxon';

import { outputOf, type WorkflowFile } from '../../host/n8nClient.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startSite, type Site } from '../support/site.mts';
import { until } from '../../host/support/until.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
/** The location of both office wallboxes. */
const OFFICE = 'loc-head-office';

let site: Site;
let host: Host;
let file: WorkflowFile;

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
	file = JSON.parse(await readFile('workflows/peak-hour-limit.json', 'utf8')) as WorkflowFile;
}, 900_000);
afterAll(async () => {
	await host?.stop();
	await site?.stop();
});
beforeEach(() => site.reset());

/** Saves the workflow with the site's credential, after changes to its nodes. */
async function importWorkflow(change: (file: WorkflowFile) => void = () => {}) {
	const copy = structuredClone(file);
	change(copy);
	return host.client.importWorkflow(copy, await host.credentialFor(site));
}

const parametersOf = (workflow: WorkflowFile, node: string) =>
	workflow.nodes.find(({ name }) => name === node)!.parameters;

/** Limits these stations at the peak, and clears their limits after it. */
const chooseStations = (workflow: WorkflowFile, limitKw: number, stationIds: string[]) => {
	parametersOf(workflow, 'Set Power Limit').limitValue = limitKw;
	for (const node of ['Set Power Limit', 'Clear Power Limit']) {
		Object.assign(parametersOf(workflow, node), { stations: 'several', stationIds });
	}
};

describe('workflows/peak-hour-limit.json', () => {
	it('at 17:00 the stations’ power falls, and at 20:00 it comes back', async () => {
		await site.plugIn(DC, 1);
		await site.plugIn(AC3, 1);
		const before = {
			dc: await site.waitForPower(DC, 1, (powerKw) => powerKw > 40),
			ac: await site.waitForPower(AC3, 1, (powerKw) => powerKw > 10),
		};
		const workflow = await importWorkflow((copy) => chooseStations(copy, 9, [DC, AC3]));

		const peak = await host.client.run(workflow.id, 'At 17:00');
		expect(peak.status).toBe('success');
		expect(outputOf(peak, 'Set Power Limit')).toEqual(
			[DC, AC3].map((stationId) => ({
				stationId,
				limit: { acMaxPowerKw: 9 },
				comment: 'Tariff peak',
				response: 'Accepted',
				message: 'The charger accepted the power limit.',
			})),
		);
		await site.waitForPower(DC, 1, (powerKw) => powerKw > 0 && powerKw <= 9);
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 0 && powerKw <= 9);

		const end = await host.client.run(workflow.id, 'At 20:00');
		expect(end.status).toBe('success');
		expect(outputOf(end, 'Clear Power Limit')).toMatchObject([
			{ stationId: DC, response: 'Accepted' },
			{ stationId: AC3, response: 'Accepted' },
		]);
		await site.waitForPower(DC, 1, (powerKw) => powerKw > before.dc * 0.9);
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > before.ac * 0.9);
	});

	it('if one charger refuses, limits the others, then fails and names that charger', async () => {
		await site.script(DC, {
			action: 'SetChargingProfile',
			behaviour: 'refuse',
			statusInfo: { reasonCode: 'OutOfMemory' },
		});
		const workflow = await importWorkflow((copy) => chooseStations(copy, 9, [DC, AC3]));
		const execution = await host.client.run(workflow.id, 'At 17:00');
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toMatch(
			/^DEPOT-DC-1: The charger refused to set the power limit of 9 kW \(AC\) on DEPOT-DC-1 \[item 0\] Reason: OutOfMemory\./,
		);
		const [limited] = await site.messages(AC3, 'SetChargingProfile');
		expect(limited.answer).toMatchObject({ status: 'Accepted' });
	});

	it('limits every station of a location', async () => {
		const workflow = await importWorkflow((copy) => {
			for (const node of ['Set Power Limit', 'Clear Power Limit']) {
				const locationId = { __rl: true, mode: 'id', value: OFFICE };
				Object.assign(parametersOf(copy, node), { stations: 'location', locationId });
			}
		});
		for (const [trigger, node] of [
			['At 17:00', 'Set Power Limit'],
			['At 20:00', 'Clear Power Limit'],
		]) {
			const execution = await host.client.run(workflow.id, trigger);
			const answers = outputOf(execution, node).map(
				({ stationId, response }) => `${stationId as string}: ${response as string}`,
			);
			expect(answers.sort()).toEqual(['OFFICE-AC-1: Accepted', `${AC3}: Accepted`]);
		}
		expect(await site.messages(DC, 'SetChargingProfile')).toEqual([]);
	});

	it('has its hours at 17:00 and 20:00 every day', () => {
		const hours = (name: string) => parametersOf(file, name).rule;
		const daily = (triggerAtHour: number) => ({
			interval: [{ field: 'days', daysInterval: 1, triggerAtHour, triggerAtMinute: 0 }],
		});
		expect(hours('At 17:00')).toEqual(daily(17));
		expect(hours('At 20:00')).toEqual(daily(20));
	});

	it('starts by itself, at the hour in the workflow’s own time zone', async () => {
		await site.plugIn(AC3, 1);
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 10);
		// Kathmandu is 5 h 45 min ahead of UTC: no other zone in play here shares its minutes.
		const timezone = 'Asia/Kathmandu';
		// At least 20 s from now, so that the activation is finished by then.
		const soon = DateTime.now()
			.setZone(timezone)
			.plus({ seconds: 20 })
			.startOf('minute')
			.plus({ minutes: 1 });
		const workflow = await importWorkflow((copy) => {
			chooseStations(copy, 9, [AC3]);
			copy.settings = { ...copy.settings, timezone };
			const everyDayAt = ({ hour, minute }: DateTime) => ({
				interval: [
					{ field: 'days', daysInterval: 1, triggerAtHour: hour, triggerAtMinute: minute },
				],
			});
			parametersOf(copy, 'At 17:00').rule = everyDayAt(soon);
			// Not at 20:00: that could be now, and would clear the limit at once.
			parametersOf(copy, 'At 20:00').rule = everyDayAt(soon.plus({ hours: 12 }));
		});
		await host.client.activate(workflow);
		try {
			// n8n chooses the second of the minute by the workflow's ID; one more minute for the run.
			const seconds = soon.plus({ minutes: 2 }).diffNow().as('seconds');
			const execution = await until('the scheduled run', Math.ceil(seconds), async () =>
				(await host.client.executions(workflow.id)).find(({ status }) => status === 'success'),
			);
			expect(execution.mode).toBe('trigger');
			expect(DateTime.fromISO(execution.startedAt).setZone(timezone).toFormat('HH:mm')).toBe(
				soon.toFormat('HH:mm'),
			);
			await site.waitForPower(AC3, 1, (powerKw) => powerKw > 0 && powerKw <= 9);
		} finally {
			await host.client.deactivate(workflow.id);
		}
	}, 300_000);
});
