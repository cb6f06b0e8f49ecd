import { DateTime } from 'luxon';

import type { StationSchedule } from '../../host/controlClient.mts';
import {
	outputOf,
	type Execution,
	type Workflow,
	type WorkflowFile,
} from '../../host/n8nClient.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startPriceSource, type PriceSource } from '../support/priceSource.mts';
import { startSite, type Site } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const ZONE = 'Europe/Helsinki';
const NO_NEWS = 'Charging limits do not follow the prices of tomorrow.\n';

let site: Site;
let host: Host;
let source: PriceSource;
let workflow: Workflow;
let workflowFile: WorkflowFile;

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
	source = await startPriceSource();
	workflowFile = await readWorkflow('price-driven-charging');
	parametersOf(workflowFile, 'Get Prices').url = source.pricesUrl;
	parametersOf(workflowFile, 'Tell Someone').url = source.notifyUrl;
	workflow = await host.client.importWorkflow(workflowFile, await host.credentialFor(site));
}, 900_000);
afterAll(async () => {
	await source?.stop();
	await host?.stop();
	await site?.stop();
});
beforeEach(async () => {
	await site.reset();
	source.forget();
});

const parametersOf = (file: WorkflowFile, wanted: string) =>
	file.nodes.find(({ name }) => name === wanted)!.parameters;

const run = () => host.client.run(workflow.id, 'Each Day at 14:15');

interface Price {
	price: number;
	/** RFC 3339. */
	startDate: string;
}

/** Hourly prices of some local days from today, low and high by turns of so many hours; the last hour comes first in the list. */
function pricesOf(days: number, turn = 1): Price[] {
	const start = DateTime.now().setZone(ZONE).startOf('day');
	const hours = start.plus({ days }).diff(start).as('hours');
	return Array.from({ length: hours }, (_, hour) => ({
		price: [3, 15, 8, -2, 5][Math.floor(hour / turn) % 5],
		startDate: start.plus({ hours: hour }).toISO()!,
	})).reverse();
}

/** The limit (W) for a price, by the workflow's bands. */
const limitAt = (price: number) => (price <= 5 ? 22_000 : price <= 12 ? 11_000 : 4200);

/** The limits in the station's own answer, by epoch second. */
const limitsOf = ({ scheduleStart, chargingSchedulePeriod }: StationSchedule) => {
	const start = Math.floor(DateTime.fromISO(scheduleStart).toSeconds());
	return (second: number) =>
		chargingSchedulePeriod.findLast(({ startPeriod }) => start + startPeriod <= second)?.limit;
};

const profilesSent = async (stationId: string) =>
	(await site.messages(stationId, 'SetChargingProfile')).length;

describe('workflows/price-driven-charging.json', () => {
	/** Compares what the stations will do with the prices, from now to a moment (epoch seconds). */
	async function expectLimitsByPrice(prices: readonly Price[], end: number) {
		const duration = Math.ceil(end - DateTime.now().toSeconds()) + 3600;
		for (const [stationId, evseId] of [
			[DC, 1],
			[DC, 2],
			[AC3, 1],
		] as const) {
			const request = { evseId, duration, chargingRateUnit: 'W' as const };
			const schedule = await site.compositeSchedule(stationId, request);
			const limitOf = limitsOf(schedule);
			const now = Math.ceil(DateTime.now().toSeconds());
			const ofStation = limitOf(end)!;
			expect(ofStation).toBeGreaterThan(11_000);
			let compared = 0;
			for (const { startDate, price } of prices) {
				const from = DateTime.fromISO(startDate).toSeconds();
				for (const second of [from, from + 1, from + 1800, from + 3599]) {
					if (second < now || second >= end) continue;
					// A station never offers more than its own power.
					expect(limitOf(second)).toBe(Math.min(limitAt(price), ofStation));
					compared++;
				}
			}
			expect(compared).toBeGreaterThan(60);
		}
	}

	/** Each station accepted each profile: the more hours are left of the day, the more profiles the prices need. */
	function expectAccepted(execution: Execution) {
		expect(execution.data.resultData.error).toBeUndefined();
		const accepted = outputOf(execution, 'Build From Prices').map(() => 'Accepted');
		for (const station of [DC, AC3]) {
			const answers = outputOf(execution, 'Set').filter(({ stationId }) => stationId === station);
			expect(answers.map(({ response }) => response)).toEqual(accepted);
		}
	}

	it('the stations follow the limits by price, until the last price', async () => {
		const prices = pricesOf(2);
		source.answer(200, { prices });
		expectAccepted(await run());
		expect(source.notifications()).toEqual([]);
		await expectLimitsByPrice(prices, DateTime.fromISO(prices[0].startDate).toSeconds() + 3600);
	});

	it('with the capacity OCPP 1.6, stations that replace by stack level follow them as long as it says', async () => {
		const file = structuredClone(workflowFile);
		Object.assign(parametersOf(file, 'Build From Prices'), {
			chargerCapacity: 'ocpp16',
			stackLevel: 0,
		});
		for (const stationId of [DC, AC3]) {
			await site.setCapacity(stationId, { levels: 1, replacesBy: 'purposeAndStackLevel' });
		}
		const { id } = await host.client.importWorkflow(file, await host.credentialFor(site));
		// Turns of two hours: 48 hours of them are fewer than 24 periods at every time of day.
		const prices = pricesOf(2, 2);
		source.answer(200, { prices });
		const execution = await host.client.run(id, 'Each Day at 14:15');
		expectAccepted(execution);
		const [{ end }, ...others] = outputOf(execution, 'Build From Prices');
		expect(others).toEqual([]);
		await expectLimitsByPrice(prices, DateTime.fromISO(end as string).toSeconds());
	});

	const yesterday = () =>
		pricesOf(1).map(({ startDate, price }) => ({
			price,
			startDate: DateTime.fromISO(startDate).setZone(ZONE).minus({ days: 1 }).toISO()!,
		}));
	it.each<[string, number, () => unknown, RegExp]>([
		['an error', 500, () => ({ message: 'No prices today' }), /500|No prices today/],
		['an empty list', 200, () => ({ prices: [] }), /There are no prices/],
		['another answer', 200, () => ({ message: 'soon' }), /is not a list/],
		[
			'the list of yesterday',
			200,
			() => ({ prices: yesterday() }),
			/The prices end at .*, which has passed/,
		],
		[
			'no prices of tomorrow yet',
			200,
			() => ({ prices: pricesOf(1) }),
			/^The prices end at \S+Z\.$/,
		],
	])(
		'%s: the limits stay as they are, and a notification is sent',
		async (_, status, body, reason) => {
			source.answer(200, { prices: pricesOf(2) });
			expect((await run()).status).toBe('success');
			const noonTomorrow = DateTime.now().setZone(ZONE).startOf('day').plus({ days: 1, hours: 12 });
			const limitThen = async () => {
				const duration = Math.ceil(noonTomorrow.diffNow().as('seconds')) + 60;
				const request = { evseId: 1, duration, chargingRateUnit: 'W' as const };
				const schedule = await site.compositeSchedule(AC3, request);
				return limitsOf(schedule)(noonTomorrow.toSeconds());
			};
			const before = await limitThen();
			const sent = [await profilesSent(AC3), await profilesSent(DC)];
			expect(sent[0]).toBeGreaterThan(0);

			source.answer(status, body());
			const execution = await run();
			expect(execution.status).toBe('success');
			const [notification, ...others] = source.notifications();
			expect(others).toEqual([]);
			expect(notification.startsWith(NO_NEWS)).toBe(true);
			expect(notification.slice(NO_NEWS.length)).toMatch(reason);
			expect([await profilesSent(AC3), await profilesSent(DC)]).toEqual(sent);
			expect(before).toBeLessThanOrEqual(22_000);
			expect(await limitThen()).toBe(before);
		},
	);

	it('a station that refuses is named, and the others get their limits', async () => {
		await site.script(DC, {
			action: 'SetChargingProfile',
			behaviour: 'refuse',
			statusInfo: { reasonCode: 'OutOfMemory' },
		});
		source.answer(200, { prices: pricesOf(2) });
		await run();
		expect(source.notifications()).toEqual([
			expect.stringMatching(
				/\nDEPOT-DC-1 The charger refused to set the charging profile on DEPOT-DC-1.* Reason: OutOfMemory/,
			),
		]);
		const [{ answer }] = await site.messages(AC3, 'SetChargingProfile');
		expect(answer).toMatchObject({ status: 'Accepted' });
	});
});
