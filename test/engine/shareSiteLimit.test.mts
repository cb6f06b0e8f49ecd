import type { IDataObject } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { until } from '../../host/support/until.mts';
import { byId, runOperation } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';
import { runProfileOperation } from '../support/smartChargingProfile.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';
const STATIONS = [DC, AC3, AC1];

const site = useSite();

/** Shares a limit; without an account, since nothing is sent. */
const share = (items: unknown[], parameters: Record<string, unknown>) =>
	runProfileOperation('schedule:shareSiteLimit', parameters, {
		credential: {},
		items: items as IDataObject[],
		timezone: 'Europe/Helsinki',
	});

const jsonOf = ({ items }: { items: Array<{ json: IDataObject }> }) =>
	items.map(({ json }) => json);

const getMany = async (output: string) =>
	jsonOf(
		await runOperation(
			'chargingStation:getAll',
			{ output },
			{ credential: credentialsFor(site).accessToken() },
		),
	);

const setLimits = (items: IDataObject[]) =>
	runOperation(
		'chargingStation:setPowerLimit',
		{
			stationId: byId('={{ $json.stationId }}'),
			limitType: '={{ $json.limitType }}',
			limitValue: '={{ $json.limit }}',
		},
		{ credential: credentialsFor(site).accessToken(), items },
	);

/** What the stations draw from the grid, in kW: a DC station draws more than its cars get. */
async function drawnKw(): Promise<number[]> {
	const stations = await getMany('raw');
	return STATIONS.map((id) => {
		const { currentPowerKw, acDcPowerRatio } = stations.find(({ stationId }) => stationId === id)!;
		return Number(currentPowerKw) / Number(acDcPowerRatio ?? 1);
	});
}

/** The API rounds each power to 0.01 kW. */
const ROUNDING_KW = 0.02;

/** The cloud rounds the limit of each station down to 0.1 A, which is at most 0.069 kW on three phases. */
const ROUNDED_DOWN_KW = 3 * 0.069 + ROUNDING_KW;

const totalOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

async function plugInEverywhere() {
	await site.plugIn(DC, 1, { soc: 20, maxPowerKw: 110 });
	await site.plugIn(AC3, 1, { soc: 20 });
	await site.plugIn(AC1, 1, { soc: 20 });
	await until('all cars to charge', 20, async () =>
		(await drawnKw()).every((power) => power > 1) ? true : undefined,
	);
}

it.each([
	['simplified', { siteLimitKw: 30 }],
	['raw', { siteLimitKw: 30 }],
	['raw', { limitUnit: 'A', siteLimitA: 50 }],
	['raw', { siteLimitKw: 20, share: 'need', options: { needNotKnown: 20 } }],
	['raw', { siteLimitKw: 11, share: 'rank' }],
])(
	'Get Many (%s), Share Site Limit %j, Set Power Limit: together they draw no more',
	async (output, form) => {
		await plugInEverywhere();
		const limitKw = 'siteLimitKw' in form ? form.siteLimitKw : (form.siteLimitA * 3 * 230) / 1000;
		expect(totalOf(await drawnKw())).toBeGreaterThan(limitKw);

		const shared = await share(await getMany(output), form);
		expect(shared.error).toBeUndefined();
		const limits = jsonOf(shared).map(({ limit }) => Number(limit));
		expect(totalOf(limits)).toBeLessThanOrEqual(('siteLimitKw' in form ? limitKw : 50) + 1e-9);
		const set = jsonOf(await setLimits(jsonOf(shared)));
		expect(set.map(({ response }) => response)).toEqual(['Accepted', 'Accepted', 'Accepted']);

		const total = await until('the stations to keep to their limits', 20, async () => {
			const sum = totalOf(await drawnKw());
			return sum <= limitKw + ROUNDING_KW ? sum : undefined;
		});
		// All of them charge, and no more than the rounding is left over.
		expect((await drawnKw()).every((power) => power > 1)).toBe(true);
		if ('siteLimitKw' in form) expect(total).toBeGreaterThan(limitKw - ROUNDED_DOWN_KW);
	},
);

it('says for each station what it gets and why, those that must draw less first', async () => {
	const { items, hints } = await share(
		[
			{ stationId: 'A', priority: 1, maxPowerKw: 11 },
			{
				stationId: 'B',
				departure: '2026-01-15T18:00:00',
				currentPowerKw: 7,
				onlineStatus: 'Offline',
			},
			{ stationId: 'C', currentPowerKw: 5 },
			{ stationId: 'D', cars: 0 },
		],
		{ siteLimitKw: 10 },
	);
	const summary =
		'10 kW of 10 kW go to 2 stations with cars, in equal shares for each car. Paused at 0: C.';
	const warnings = [
		'The site limit is not enough for all: C pauses at 0. Share the limit again when cars leave.',
		'B: offline. Until it is back, a charging station keeps to the limit that it has, which may be more than its share.',
	];
	const limitType = 'acMaxPowerKw';
	const reason = 'An equal share for its car: 2 cars charge within 10 kW.';
	expect(items.map(({ json }) => json)).toEqual([
		{ stationId: 'B', limit: 5, limitType, state: 'charges', reason, summary, warnings },
		{
			stationId: 'C',
			limit: 0,
			limitType,
			state: 'paused',
			reason:
				'Paused on purpose, as number 3 by priority and departure: the 4.14 kW with which its car charges at least do not fit into the site limit of 10 kW beside those before it.',
			summary,
			warnings,
		},
		{ stationId: 'A', limit: 5, limitType, state: 'charges', reason, summary, warnings },
		{
			stationId: 'D',
			limit: 0,
			limitType,
			state: 'empty',
			reason: 'No car, and the 4.14 kW with which one can start are not left over.',
			summary,
			warnings,
		},
	]);
	expect(hints).toEqual(warnings);
	expect(items[0].pairedItem).toEqual([0, 1, 2, 3].map((item) => ({ item })));
});

it.each([
	[{ siteLimitKw: 30 }, [12.93, 12.93, 4.14]],
	[{ siteLimitKw: 30, withoutCar: 'nothing' }, [15, 15, 0]],
	[{ siteLimitKw: 40, share: 'rank' }, [22, 13.86, 4.14]],
	[{ siteLimitKw: 60 }, [22, 30, 4.14]],
	[{ siteLimitKw: 0 }, [0, 0, 0]],
	[{ limitUnit: 'A', siteLimitA: 40 }, [17, 17, 6]],
])('with %j, two stations with a car and one without get %j', async (parameters, limits) => {
	const stations = [
		{ stationId: 'A', maxPowerKw: 22 },
		{ stationId: 'B', maxPowerKw: 30 },
		{ stationId: 'C', cars: 0 },
	];
	const shares = jsonOf(await share(stations, parameters));
	expect(shares.map(({ limit }) => limit)).toEqual(limits);
});

it('names the item and the field that is wrong', async () => {
	const { error } = await share([{ stationId: 'A' }, { stationId: 'B', priority: 'high' }], {
		siteLimitKw: 30,
	});
	expect(error?.message).toBe('priority is "high", which is not a number [item 1]');
	expect(error?.description).toBe(
		'Enter a plain number, such as 20, without a unit or thousands separators. Nothing was sent.',
	);
});
