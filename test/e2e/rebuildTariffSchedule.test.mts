import { DateTime } from 'luxon';

import { outputOf, type Execution, type WorkflowFile } from '../../host/n8nClient.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startSite, type Site } from '../support/site.mts';

const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';
const ZONE = 'Europe/Helsinki';
const HOUR = 3600;
const WEEK = 7 * 24 * HOUR;

let site: Site;
let host: Host;
let file: WorkflowFile;

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
	file = await readWorkflow('rebuild-tariff-schedule');
}, 900_000);
afterAll(async () => {
	await host?.stop();
	await site?.stop();
});
beforeEach(() => site.reset());

/** Imports and runs the workflow, perhaps with other hours. */
async function run(hours: Record<string, unknown> = {}): Promise<Execution> {
	const copy = structuredClone(file);
	const build = copy.nodes.find(({ name }) => name === 'Build Schedule')!;
	Object.assign(build.parameters, hours);
	const workflow = await host.client.importWorkflow(copy, await host.credentialFor(site));
	return await host.client.run(workflow.id, 'Every Month');
}

const window = (from: string, to: string, limitKw: number, days: string[]) => ({
	days,
	from,
	to,
	limitKw,
});
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const EVERY_DAY = [...WEEKDAYS, 'saturday', 'sunday'];

/** Two windows a day without a limit outside: one stack level for each. */
const ON_TWO_LEVELS = {
	outside: 'none',
	windows: {
		window: [window('00:00', '06:00', 5, EVERY_DAY), window('07:00', '22:00', 6, EVERY_DAY)],
	},
};
/** Weekdays without a limit outside: profiles for single weeks, all on one stack level. */
const FOR_WEEKS = {
	outside: 'none',
	windows: { window: [window('17:00', '20:00', 5, WEEKDAYS)] },
};

const levelsOn = async (stationId: string) => {
	const { profiles } = await site.station(stationId);
	return [...new Set(profiles.map(({ profile }) => profile.stackLevel))].sort();
};

/** Compares the station's own limits (kW), each half an hour of a week, with the hours of the workflow. */
async function expectNewHours(stationId: string): Promise<void> {
	const { scheduleStart, chargingSchedulePeriod } = await site.compositeSchedule(stationId, {
		evseId: 1,
		duration: WEEK,
		chargingRateUnit: 'W',
	});
	const start = DateTime.fromISO(scheduleStart, { zone: ZONE });
	const wrong: unknown[] = [];
	for (let second = 60; second < WEEK; second += HOUR / 2) {
		const time = start.plus({ seconds: second });
		const isDay = time.weekday <= 5 && time.hour >= 7 && time.hour < 20;
		const wanted = isDay ? 11_000 : 22_000;
		const { limit } = chargingSchedulePeriod.findLast(({ startPeriod }) => startPeriod <= second)!;
		if (limit !== wanted) wrong.push([time.toISO(), limit, wanted]);
	}
	expect(wrong).toEqual([]);
}

/** What the station was told, and what it answered, in order. */
const commandsTo = async (stationId: string) =>
	(await site.messages(stationId))
		.filter(({ action }) => ['SetChargingProfile', 'ClearChargingProfile'].includes(action))
		.map(({ action, answer }) => `${action}: ${String(answer?.status)}`);

const set = (answer: string) => `SetChargingProfile: ${answer}`;
const clear = (answer: string) => `ClearChargingProfile: ${answer}`;

describe('workflows/rebuild-tariff-schedule.json', () => {
	it('succeeds where there is nothing to clear, once and again', async () => {
		for (let time = 1; time <= 2; time++) {
			const execution = await run();
			expect(execution.status).toBe('success');
			const cleared = outputOf(execution, 'Clear Left-Overs');
			expect(cleared.map(({ stationId }) => stationId).sort()).toEqual([AC1, AC3]);
			expect(cleared.map(({ response }) => response)).toEqual(['Unknown', 'Unknown']);
		}
		await expectNewHours(AC3);
	});

	it('replaces a schedule on more levels without a moment without limits, and clears what is left of it', async () => {
		expect((await run(ON_TWO_LEVELS)).status).toBe('success');
		expect(await levelsOn(AC3)).toEqual([2, 3]);
		const former = (await commandsTo(AC3)).length;

		const execution = await run();
		expect(execution.status).toBe('success');
		const profiles = outputOf(execution, 'Build Schedule').length;
		expect((await commandsTo(AC3)).slice(former)).toEqual([
			...Array<string>(profiles).fill(set('Accepted')),
			clear('Accepted'),
		]);
		for (const stationId of [AC1, AC3]) expect(await levelsOn(stationId)).toEqual([2]);
		await expectNewHours(AC3);
	});

	it('clears a stack level on which the former schedule clashes, and sets everything again', async () => {
		expect((await run(FOR_WEEKS)).status).toBe('success');
		const former = (await commandsTo(AC3)).length;
		expect((await run()).status).toBe('success');
		const commands = (await commandsTo(AC3)).slice(former);
		expect(commands).toContain(set('Rejected'));
		expect(commands.slice(commands.lastIndexOf(set('Rejected')) + 1)).toContain(clear('Accepted'));
		await expectNewHours(AC3);
	});

	it('clears the former schedule where a charger has no room for both, and sets everything again', async () => {
		// With other IDs, none of the former profiles is replaced.
		expect((await run({ ...FOR_WEEKS, chargingProfileId: 150 })).status).toBe('success');
		for (const stationId of [AC1, AC3]) {
			const { profiles } = await site.station(stationId);
			await site.setCapacity(stationId, { levels: 4, profiles: profiles.length });
		}
		const former = (await site.messages(AC3)).length;
		expect((await run()).status).toBe('success');
		const answers = (await site.messages(AC3)).slice(former).map(({ answer }) => answer);
		expect(answers).toContainEqual(
			expect.objectContaining({
				status: 'Rejected',
				statusInfo: expect.objectContaining({ reasonCode: 'OutOfStorage' }) as unknown,
			}),
		);
		for (const stationId of [AC1, AC3]) {
			expect(await levelsOn(stationId)).toEqual([2]);
			await expectNewHours(stationId);
		}
	});

	it('names a charger that refuses for another reason; it keeps what it has, and the others follow the new hours', async () => {
		expect((await run(ON_TWO_LEVELS)).status).toBe('success');
		const kept = (await site.station(AC1)).profiles;
		await site.script(AC1, {
			action: 'SetChargingProfile',
			behaviour: 'refuse',
			statusInfo: { reasonCode: 'OutOfMemory' },
			times: 10,
		});
		const { status, data } = await run();
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toContain(
			`${AC1}: The charger refused to set the charging profile on ${AC1}`,
		);
		expect((await site.station(AC1)).profiles).toEqual(kept);
		expect(await levelsOn(AC3)).toEqual([2]);
		await expectNewHours(AC3);
	});
});
