import { DateTime } from 'luxon';

import { outputOf, type Workflow, type WorkflowFile } from '../../host/n8nClient.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startPriceSource, type PriceSource } from '../support/priceSource.mts';
import { startSite, type Site } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const ZONE = 'Europe/Helsinki';
const HOUR = 3600;
const WEEK = 7 * 24 * HOUR;

/** What the examples set, in W. A DC charger loses a part of its 20 kW from the grid. */
const POWER_LIMIT = 18_400;
const TARIFF_LIMIT = 20_000;
const PRICE_LIMIT = 11_000;
/** For five minutes. No car is there, so 5 kW from the grid are reserved, of which a DC charger loses a part. */
const EMERGENCY_LIMIT = 4600;
const EMERGENCY_SECONDS = 5 * 60;

/** The trigger and the sending node of each example. */
const EXAMPLES = {
	'peak-hour-limit': ['At 17:00', 'Set Power Limit'],
	'weekday-tariff-schedule': ['Every Month', 'Set'],
	'price-driven-charging': ['Each Day at 14:15', 'Set'],
	'grid-emergency': ['By Hand', 'Set'],
} as const;
type Example = keyof typeof EXAMPLES;

let site: Site;
let host: Host;
let source: PriceSource;
const workflows = new Map<Example, Workflow>();

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
	source = await startPriceSource();
	const credentials = [
		await host.credentialFor(site),
		await host.client.createCredential('Grid operator', 'httpBasicAuth', {
			user: 'grid',
			password: 'of the test',
		}),
	];
	for (const name of Object.keys(EXAMPLES) as Example[]) {
		const file = await readWorkflow(name);
		prepare(file);
		workflows.set(name, await host.client.importWorkflow(file, ...credentials));
	}
}, 900_000);
afterAll(async () => {
	await source?.stop();
	await host?.stop();
	await site?.stop();
});
beforeEach(() => site.reset());

/** Follows the workflow’s note: services that are there, and the location of the station. */
function prepare({ nodes }: WorkflowFile) {
	for (const { name, parameters } of nodes) {
		if (name === 'Get Prices') parameters.url = source.pricesUrl;
		if (name === 'Tell Someone') parameters.url = source.notifyUrl;
		if (name === 'Stations') {
			parameters.filters = { locationUid: { __rl: true, mode: 'id', value: 'loc-harbour-depot' } };
		}
	}
}

const today = () => DateTime.now().setZone(ZONE).startOf('day');

/** The prices of today and tomorrow: all of them mean 11 kW. */
function usualPrices() {
	const [start, end] = [today(), today().plus({ days: 2 })];
	return Array.from({ length: end.diff(start).as('hours') }, (_, hour) => ({
		price: 8,
		startDate: start.plus({ hours: hour }).toISO(),
	}));
}

async function run(name: Example): Promise<void> {
	const [trigger, node] = EXAMPLES[name];
	const execution = await host.client.run(workflows.get(name)!.id, trigger);
	expect(execution.data.resultData.error).toBeUndefined();
	const sent = outputOf(execution, node);
	expect(sent.length).toBeGreaterThan(0);
	expect(sent.filter(({ response }) => response !== 'Accepted')).toEqual([]);
}

/** What the schedules allow; undefined where there is none. */
function limitOfSchedules(time: DateTime): number | undefined {
	const { weekday, hour } = time.setZone(ZONE);
	if (weekday <= 5 && hour >= 17 && hour < 20) return TARIFF_LIMIT;
	return time < today().plus({ days: 2 }) ? PRICE_LIMIT : undefined;
}

/** Compares the station's own limits, each half an hour of a week, with those that are expected. */
async function expectLimits(expected: (ofSchedules: number | undefined) => number | undefined) {
	const { scheduleStart, chargingSchedulePeriod } = await site.compositeSchedule(DC, {
		evseId: 1,
		duration: WEEK,
		chargingRateUnit: 'W',
	});
	const start = DateTime.fromISO(scheduleStart);
	const wrong: unknown[] = [];
	for (let second = 60; second < WEEK; second += HOUR / 2) {
		const time = start.plus({ seconds: second });
		const { limit } = chargingSchedulePeriod.findLast(({ startPeriod }) => startPeriod <= second)!;
		const ofEmergency = second < EMERGENCY_SECONDS ? EMERGENCY_LIMIT : Infinity;
		const wanted = Math.min(expected(limitOfSchedules(time)) ?? Infinity, ofEmergency);
		if (wanted !== Infinity && wanted !== limit) wrong.push([time.toISO(), limit, wanted]);
	}
	expect(wrong).toEqual([]);
}

describe('the examples on one charging station', () => {
	it.each<Example[]>([
		['peak-hour-limit', 'weekday-tariff-schedule', 'price-driven-charging', 'grid-emergency'],
		['grid-emergency', 'price-driven-charging', 'weekday-tariff-schedule', 'peak-hour-limit'],
	])('%s, %s, %s and %s apply together: the lowest limit counts', async (...order) => {
		source.answer(200, { prices: usualPrices() });
		for (const name of order) await run(name);
		await expectLimits((ofSchedules = Infinity) => Math.min(ofSchedules, POWER_LIMIT));

		const cleared = await host.client.run(workflows.get('peak-hour-limit')!.id, 'At 20:00');
		expect(cleared.status).toBe('success');
		await expectLimits((ofSchedules) => ofSchedules);
	});
});
