import type { IDataObject } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { byId, runOperation } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';
import { profileRunner } from '../support/smartChargingProfile.mts';

const site = useSite();

const run = profileRunner(site);

/** Monday 00:00; the sandbox's clock stands still then. */
const NOW = '2099-06-01T00:00:00Z';
const HOURS = 6;

beforeEach(() => site.setClock(NOW));

/** The limits of a station in kW, on the vehicles’ side. */
interface Limits {
	stationId: string;
	evseIds: number[];
	/** Of the whole station. */
	powerLimit: number;
	/** 01:00–02:00, and 04:00–05:00. */
	windows: [number, number];
	/** Before 03:00, and from then on. */
	prices: [number, number];
}

const DC: Limits = {
	stationId: 'DEPOT-DC-1',
	evseIds: [1, 2],
	powerLimit: 50,
	windows: [20, 40],
	prices: [80, 30],
};
const WALLBOX: Limits = {
	stationId: 'OFFICE-AC-3',
	evseIds: [1],
	powerLimit: 15,
	windows: [6, 12],
	prices: [20, 9],
};

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const window = (from: string, to: string, limitKw: number) => ({ days: DAYS, from, to, limitKw });

const jsonOf = ({ items, error }: Awaited<ReturnType<typeof run>>): IDataObject[] => {
	expect(error).toBeUndefined();
	return items.map(({ json }) => json);
};

/** Everything except the values is left as the form has it. */
const STEPS = {
	'power limit': ({ stationId, powerLimit }: Limits) =>
		runOperation(
			'chargingStation:setPowerLimit',
			{ stationId: byId(stationId), limitType: 'dcMaxPowerKw', limitValue: powerLimit },
			{ credential: credentialsFor(site).accessToken() },
		),
	async tariff({ stationId, windows: [first, second] }: Limits) {
		const windows = { window: [window('01:00', '02:00', first), window('04:00', '05:00', second)] };
		const options = { start: NOW };
		const built = await run('schedule:buildFromTariffHours', { windows, timezone: 'UTC', options });
		return await set(stationId, jsonOf(built));
	},
	async prices({ stationId, prices: [cheap, dear] }: Limits) {
		const items = Array.from({ length: HOURS }, (_, hour) => ({
			start: `2099-06-01T0${hour}:00:00Z`,
			price: hour < 3 ? 1 : 10,
		}));
		const parameters = {
			rule: 'priceBands',
			bands: { band: [{ upToPrice: 5, limitKw: cheap }] },
			limitAboveKw: dear,
			options: { earliestStart: NOW },
		};
		const built = await run('schedule:buildFromPrices', parameters, { items });
		return await set(stationId, jsonOf(built));
	},
};

const set = (stationId: string, items: IDataObject[]) =>
	run(
		'chargingStation:setProfile',
		{ specifyProfile: undefined, stationId: byId(stationId) },
		{ items },
	);

/** The limit of each hour in kW, as the station answers it. */
async function limitsOf({ stationId }: Limits, evseId: number): Promise<number[]> {
	const { chargingSchedulePeriod: periods } = await site.compositeSchedule(stationId, {
		evseId,
		duration: HOURS * 3600,
		chargingRateUnit: 'W',
	});
	return Array.from({ length: HOURS }, (_, hour) => {
		const period = periods.findLast(({ startPeriod }) => startPeriod <= hour * 3600)!;
		return period.limit / 1000;
	});
}

/** In the windows the tariff, else the prices. */
const ofSchedules = ({ windows, prices }: Limits): number[] => [
	prices[0],
	windows[0],
	prices[0],
	prices[1],
	windows[1],
	prices[1],
];

const ORDERS: Array<Array<keyof typeof STEPS>> = [
	['power limit', 'tariff', 'prices'],
	['power limit', 'prices', 'tariff'],
	['tariff', 'power limit', 'prices'],
	['tariff', 'prices', 'power limit'],
	['prices', 'power limit', 'tariff'],
	['prices', 'tariff', 'power limit'],
];

describe.each([DC, WALLBOX])('on $stationId', (limits) => {
	it.each(ORDERS)('%s, %s and %s apply together: the lowest', async (...order) => {
		for (const step of order) {
			const answers = jsonOf(await STEPS[step](limits));
			expect(answers.length).toBeGreaterThan(0);
			expect(answers.filter(({ response }) => response !== 'Accepted')).toEqual([]);
		}
		const each = ofSchedules(limits);
		const { evseIds, powerLimit } = limits;
		for (const evseId of evseIds) {
			expect(await limitsOf(limits, evseId)).toEqual(each.map((kw) => Math.min(kw, powerLimit)));
		}
		expect(await limitsOf(limits, 0)).toEqual(
			each.map((kw) => Math.min(evseIds.length * Math.min(kw, powerLimit), powerLimit)),
		);
	});

	it('Clear Power Limit leaves the schedules', async () => {
		for (const step of ORDERS[0]) jsonOf(await STEPS[step](limits));
		const { items } = await runOperation(
			'chargingStation:clearPowerLimit',
			{ stationId: byId(limits.stationId) },
			{ credential: credentialsFor(site).accessToken() },
		);
		expect(items[0].json.response).toBe('Accepted');
		for (const evseId of limits.evseIds) {
			expect(await limitsOf(limits, evseId)).toEqual(ofSchedules(limits));
		}
	});

	it('a connector’s power limit applies where no schedule has a period, or with a higher stack level everywhere', async () => {
		const connectorId = { 'DEPOT-DC-1': '1', 'OFFICE-AC-3': '12' }[limits.stationId];
		const limitConnector = (options: IDataObject) =>
			runOperation(
				'connector:setPowerLimit',
				{
					stationId: byId(limits.stationId),
					connectorId: byId(connectorId),
					limitType: 'dcMaxPowerKw',
					limitValue: 5,
					options,
				},
				{ credential: credentialsFor(site).accessToken() },
			);
		jsonOf(await STEPS.tariff(limits));
		expect(jsonOf(await limitConnector({}))[0].response).toBe('Accepted');
		const [first, second] = limits.windows;
		expect(await limitsOf(limits, 1)).toEqual([5, first, 5, 5, second, 5]);

		await site.setCapacity(limits.stationId, { levels: 11 });
		expect(jsonOf(await limitConnector({ stackLevel: 10 }))[0].response).toBe('Accepted');
		expect(await limitsOf(limits, 1)).toEqual(Array(HOURS).fill(5));
	});
});

it('a schedule for the whole station that is in the way of its power limit is explained', async () => {
	jsonOf(await STEPS['power limit'](DC));
	const { error } = await run('chargingStation:setProfile', {
		stationId: byId(DC.stationId),
		startSchedule: NOW,
	});
	expect(error?.description).toContain(
		'The charger has a power limit with the same purpose and stack level: charging profile 3000. Clear Power Limit removes it; or choose another Stack Level.',
	);
});
