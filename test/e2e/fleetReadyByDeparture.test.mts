import { DateTime } from 'luxon';

import { dayAheadPrices } from '../../host/demo/prices.mts';
import { outputOf, type WorkflowFile } from '../../host/n8nClient.mts';
import { until } from '../../host/support/until.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startPriceSource, type PriceSource } from '../support/priceSource.mts';
import { useSite } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';
const SITE_LIMIT_KW = 40;

const site = useSite();
let host: Host;
let source: PriceSource;
let file: WorkflowFile;

beforeAll(async () => {
	host = await startHost();
	source = await startPriceSource();
	file = await readWorkflow('fleet-ready-by-departure');
}, 900_000);
beforeEach(() => {
	source.forget();
	source.answer(200, { prices: dayAheadPrices(DateTime.now()) });
});
afterAll(async () => {
	await source?.stop();
	await host?.stop();
});

/** Saves the workflow with these vehicles. */
async function importWorkflow(vehicles: Record<string, string>) {
	const copy = structuredClone(file);
	const parametersOf = (wanted: string) =>
		copy.nodes.find(({ name }) => name === wanted)!.parameters;
	parametersOf('Get Prices').url = source.pricesUrl;
	parametersOf('Tell Someone').url = source.notifyUrl;
	parametersOf('Share Site Limit').siteLimitKw = SITE_LIMIT_KW;
	parametersOf('Vehicles').assignments = {
		assignments: Object.entries(vehicles).map(([name, value]) => ({
			id: name,
			name,
			value,
			type: 'string',
		})),
	};
	return await host.client.importWorkflow(copy, await host.credentialFor(site));
}

const inFuture = (time: { hours?: number; seconds?: number }) =>
	DateTime.now().plus(time).toUTC().toISO();

/** The energy (kWh) that the station's own schedule allows an EVSE before a departure, and its highest limit (kW). */
async function plannedAt(stationId: string, evseId: number, departure: string) {
	// After the departure there is no limit.
	const seconds = Math.floor((Date.parse(departure) - Date.now()) / 1000) - 5;
	const { chargingSchedulePeriod: periods } = await site.compositeSchedule(stationId, {
		evseId,
		duration: seconds,
		chargingRateUnit: 'W',
	});
	const limits = periods.map(({ limit }) => limit / 1000);
	const kwh = periods.reduce((sum, { startPeriod }, index) => {
		const end = periods[index + 1]?.startPeriod ?? seconds;
		return sum + (limits[index] * (end - startPeriod)) / 3600;
	}, 0);
	return { kwh, highestKw: Math.max(...limits), hasPause: limits.includes(0) };
}

describe('workflows/fleet-ready-by-departure.json', () => {
	it('each vehicle gets its energy by its departure, within its share; who will not be ready is told', async () => {
		await site.plugIn(DC, 1, { batteryKwh: 300 });
		await site.plugIn(AC3, 1, { batteryKwh: 80 });
		const departure = inFuture({ hours: 8 });
		const { id } = await importWorkflow({
			Truck: `${DC}, 1, ${departure}, 90, 110`,
			Car: `${AC3}, 12, ${departure}, 60, 22`,
			Late: `${AC1}, 1, ${departure}, 10, 7`,
			Wrong: 'DEPOT-DC-1; 1; soon',
		});
		const { execution } = await waitingRun(id);
		const [truck, car] = [await plannedAt(DC, 1, departure), await plannedAt(AC3, 1, departure)];
		// A little energy has flowed before the plan, and the profile began some seconds ago.
		for (const [{ kwh, highestKw, hasPause }, needKwh, shareKw] of [
			[truck, 90, 24],
			[car, 60, 16],
		] as const) {
			expect(kwh).toBeGreaterThan(needKwh - 1);
			expect(kwh).toBeLessThanOrEqual(needKwh);
			expect(highestKw).toBeCloseTo(shareKw, 0);
			expect(hasPause).toBe(true);
		}
		expect(truck.highestKw + car.highestKw).toBeLessThanOrEqual(SITE_LIMIT_KW);
		expect(outputOf(execution, 'Set')).toEqual([
			expect.objectContaining({ stationId: AC3, response: 'Accepted' }),
		]);
		const [missing, ...others] = source.notifications();
		expect(others).toEqual([]);
		expect(missing.split('\n')).toEqual([
			`Late is not plugged in at ${AC1}, connector 1. It needs 10 kWh by ${departure}.`,
			expect.stringMatching(/^The row of Wrong is not a station, a connector/),
		]);
		await host.client.stopExecution(execution.id);

		// The station's power limit still counts.
		const limit = { limit: { acMaxPowerKw: 6 } };
		const answer = await site.restClient.put<unknown>(`/chargingStations/${AC3}/powerLimit`, limit);
		expect(answer.data).toMatchObject({ response: 'Accepted' });
		expect((await plannedAt(AC3, 1, departure)).highestKw).toBe(6);
	});

	it('a need that does not fit before the departure is told at once, and so is a refusal', async () => {
		await site.plugIn(DC, 1, { batteryKwh: 300 });
		await site.plugIn(AC3, 1, { batteryKwh: 80 });
		await site.script(AC3, { action: 'SetChargingProfile', behaviour: 'refuse' });
		const departure = inFuture({ hours: 2 });
		const { id } = await importWorkflow({
			Truck: `${DC}, 1, ${departure}, 100, 110`,
			Car: `${AC3}, 12, ${departure}, 5, 22`,
		});
		const { execution } = await waitingRun(id);
		expect(source.notifications()).toEqual([
			expect.stringMatching(
				/^Truck will not be ready by .*: \d+(\.\d+)? of 100(\.\d+)? kWh do not fit, with 3\d(\.\d+)? kW/,
			),
			expect.stringMatching(/^Car has no plan\. The charger refused/),
		]);
		await host.client.stopExecution(execution.id);
	});

	it('at half time a vehicle that is behind is told, and one on course is not', async () => {
		await site.plugIn(AC3, 1, { batteryKwh: 80 });
		await site.plugIn(AC1, 1, { authorize: false });
		const departure = inFuture({ seconds: 45 });
		const { id } = await importWorkflow({
			Car: `${AC3}, 12, ${departure}, 0.2, 22`,
			Idle: `${AC1}, 1, ${departure}, 0.05, 7`,
		});
		const executionId = await host.client.start(id, 'Each Evening');
		await until('the plans', 20, async () =>
			(await site.messages(AC1, 'SetChargingProfile')).length > 0 ? true : undefined,
		);
		// The meter is read each minute of the simulated time.
		await site.setSpeed(60);
		const execution = await until('the end of the run', 60, async () => {
			const now = await host.client.execution(executionId);
			return now.status === 'success' ? now : undefined;
		});
		expect(execution.data.resultData.runData.Check).toHaveLength(2);
		expect(source.notifications()).toEqual([
			expect.stringMatching(
				/^Idle is behind: it has 0\.0 kWh, and 0\.0 are due at half time, .* is PluggedInIdle\.$/,
			),
		]);
	});

	it('without prices a person is told that there is no plan', async () => {
		await site.plugIn(AC3, 1);
		source.answer(500, { message: 'No prices today' });
		const { id } = await importWorkflow({ Car: `${AC3}, 12, ${inFuture({ hours: 8 })}, 20, 22` });
		expect((await host.client.run(id, 'Each Evening')).status).toBe('success');
		expect(source.notifications()).toEqual([expect.stringMatching(/^Car has no plan\. /)]);
	});

	/** Runs the workflow until it waits for the first half time. */
	async function waitingRun(id: string) {
		const executionId = await host.client.start(id, 'Each Evening');
		const execution = await until('the run to wait', 60, async () => {
			const now = await host.client.execution(executionId);
			return now.status === 'waiting' ? now : undefined;
		});
		return { execution };
	}
});
