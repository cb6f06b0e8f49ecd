import { DateTime } from 'luxon';

import { outputOf, type Execution, type WorkflowFile } from '../../host/n8nClient.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startSite, type Site } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const ZONE = 'Europe/Helsinki';
const WEEK = 7 * 86_400;

/** A period of the preview. */
interface Previewed {
	start: string;
	startUtc: string;
	limit: number;
}

let site: Site;
let host: Host;
let file: WorkflowFile;

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
	file = await readWorkflow('weekday-tariff-schedule');
}, 900_000);
afterAll(async () => {
	await host?.stop();
	await site?.stop();
});
beforeEach(() => site.reset());

const parametersOf = (workflow: WorkflowFile, node: string) =>
	workflow.nodes.find(({ name }) => name === node)!.parameters;

/** Imports and runs the workflow, today or as if it were another day. @param fields to change in the builder */
async function run(start?: string, fields: object = {}): Promise<Execution> {
	const copy = structuredClone(file);
	Object.assign(parametersOf(copy, 'Build From Tariff Hours'), fields);
	if (start !== undefined) {
		parametersOf(copy, 'Build From Tariff Hours').options = { start };
		parametersOf(copy, 'Preview').start = start;
		await site.setClock(DateTime.fromISO(start, { zone: ZONE }).toUTC().toISO()!);
	}
	const workflow = await host.client.importWorkflow(copy, await host.credentialFor(site));
	return await host.client.run(workflow.id, 'Every Month');
}

const previewOf = (execution: Execution) =>
	outputOf(execution, 'Preview') as unknown as Previewed[];

/** The station's own composite schedule, as times and kW. */
async function stationSchedule() {
	const { scheduleStart, chargingSchedulePeriod } = await site.compositeSchedule(DC, {
		evseId: 1,
		duration: WEEK,
		chargingRateUnit: 'W',
	});
	return chargingSchedulePeriod.map(({ startPeriod, limit }) => [
		DateTime.fromISO(scheduleStart, { zone: 'utc' })
			.plus({ seconds: startPeriod })
			.toISO({ suppressMilliseconds: true }),
		limit / 1000,
	]);
}

/** Joins neighbouring periods that have the same limit from different profiles. */
const limitsOf = (periods: Previewed[]) =>
	periods
		.filter(({ limit }, index) => index === 0 || limit !== periods[index - 1].limit)
		.map(({ startUtc, limit }) => [startUtc, limit]);

describe('workflows/weekday-tariff-schedule.json', () => {
	it('sends the schedule, and the station follows the preview', async () => {
		const execution = await run();
		expect(execution.status).toBe('success');
		const responses = outputOf(execution, 'Set').map(({ response }) => response);
		expect(responses).toEqual(outputOf(execution, 'Build From Tariff Hours').map(() => 'Accepted'));
		// Time passes between preview and answer, so all times except the first are the same.
		const [preview, station] = [limitsOf(previewOf(execution)), await stationSchedule()];
		expect(preview.length).toBeGreaterThanOrEqual(10);
		expect(preview[0][1]).toBe(station[0][1]);
		expect(preview.slice(1)).toEqual(station.slice(1));
	});

	it.each([
		['forward', '2027-03-26T12:00:00', '2027-03-30T12:00:00'],
		['back', '2026-10-23T12:00:00', '2026-10-27T12:00:00'],
	])(
		'has its hours before and after the clocks are set %s, sent once and again',
		async (_, before, after) => {
			for (const start of [before, after]) {
				const execution = await run(start);
				expect(execution.status).toBe('success');
				const preview = previewOf(execution);
				expect(limitsOf(preview)).toEqual(await stationSchedule());
				const changes = preview
					.slice(1)
					.filter(({ limit }, index) => limit !== preview[index].limit);
				const hours = changes.map((period) => {
					const local = DateTime.fromISO(period.start, { setZone: true });
					return `${local.weekday <= 5 ? 'weekday' : 'weekend'} ${local.toFormat('HH:mm')} ${period.limit}`;
				});
				expect(hours).toHaveLength(10);
				expect([...new Set(hours)]).toEqual(['weekday 17:00 20', 'weekday 20:00 120']);
			}
		},
	);

	it('with the capacity OCPP 1.6, a station that replaces by stack level follows the preview', async () => {
		await site.setCapacity(DC, { levels: 1, replacesBy: 'purposeAndStackLevel' });
		const execution = await run('2027-01-11T12:00:00', {
			chargerCapacity: 'ocpp16',
			stackLevel: 0,
			outside: 'limit',
			limitOutsideKw: 120,
		});
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Set')).toMatchObject([{ response: 'Accepted' }]);
		const limits = limitsOf(previewOf(execution));
		expect(limits).toEqual(await stationSchedule());
		expect(limits.map(([, limit]) => limit).join()).toBe('120' + ',20,120'.repeat(5));
	});

	it('runs on the first day of every month', () => {
		expect(parametersOf(file, 'Every Month').rule).toEqual({
			interval: [
				{
					field: 'months',
					monthsInterval: 1,
					triggerAtDayOfMonth: 1,
					triggerAtHour: 3,
					triggerAtMinute: 0,
				},
			],
		});
	});

	it('names the profile’s charger and reason when it is refused', async () => {
		await site.script(DC, {
			action: 'SetChargingProfile',
			behaviour: 'refuse',
			statusInfo: { reasonCode: 'OutOfMemory' },
		});
		const { status, data } = await run();
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toContain(
			`The charger refused to set the charging profile on ${DC}`,
		);
	});
});
