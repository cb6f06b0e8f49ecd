import type { IDataObject } from 'n8n-workflow';

import type { ChargingProfile } from '../../nodes/shared/charging/profile/profile.ts';
import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/byId.mts';
import { decodePng } from '../support/png.mts';
import { useSite } from '../support/site.mts';
import { runProfileOperation } from '../support/smartChargingProfile.mts';
import { chargingProfile } from '../unit/shared/charging/profiles.mts';

const HELSINKI = 'Europe/Helsinki';

/** Runs Preview without an account, by default on 15 January 2026 in Helsinki for a connector of 22 kW. */
const preview = (
	items: IDataObject[],
	parameters: Record<string, unknown> = {},
	onError?: 'continueRegularOutput',
) =>
	runProfileOperation(
		'schedule:preview',
		{ start: '2026-01-15T00:00:00', localLimitKw: 22, ...parameters },
		{ credential: {}, items, timezone: HELSINKI, onError },
	);

const item = (profile: ChargingProfile, more: IDataObject = {}): IDataObject => ({
	...more,
	chargingProfile: profile as unknown as IDataObject,
});

/** 8.1 kW from 17 to 20 on 15 January. */
const EVENING = chargingProfile(
	{},
	{
		startSchedule: '2026-01-15T15:00:00Z',
		duration: 10_800,
		chargingRateUnit: 'W',
		chargingSchedulePeriod: [{ startPeriod: 0, limit: 8100 }],
	},
);
const STATION_MAX = {
	...EVENING,
	id: 2,
	chargingProfilePurpose: 'ChargingStationMaxProfile',
} as const;

it('takes a profile in the API’s body, like Set', async () => {
	const { items } = await preview(
		[{ body: { chargingProfile: EVENING as unknown as IDataObject } }],
		{
			profileField: 'body',
		},
	);
	expect(items.map(({ json }) => json.limit)).toContain(8.1);
});

it('outputs the limits of a day, and a chart as PNG and SVG with the first', async () => {
	const run = await preview([item(EVENING, { stationId: 'OFFICE-AC-3', evseId: 1 })]);
	expect(run.status).toBe('success');
	expect(
		run.items.map(({ json: { start, end, limit, unit } }) => [start, end, limit, unit]),
	).toEqual([
		['2026-01-15T00:00:00+02:00', '2026-01-15T17:00:00+02:00', 22, 'kW'],
		['2026-01-15T17:00:00+02:00', '2026-01-15T20:00:00+02:00', 8.1, 'kW'],
		['2026-01-15T20:00:00+02:00', '2026-01-16T00:00:00+02:00', 22, 'kW'],
	]);
	expect(run.items[1].json.setBy).toEqual([
		{ id: 1, purpose: 'TxDefaultProfile', stackLevel: 0, connectorId: '1' },
	]);
	expect(run.items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([
		['chart', 'chartSvg'],
		[],
		[],
	]);
	const { chart, chartSvg } = run.items[0].binary!;
	expect([chart.mimeType, chart.fileName]).toEqual(['image/png', 'charging-limit.png']);
	const { width, height } = decodePng(Buffer.from(chart.data, 'base64'));
	expect([width, height > 500]).toEqual([1200, true]);
	expect([chartSvg.mimeType, chartSvg.fileName]).toEqual(['image/svg+xml', 'charging-limit.svg']);
	const svg = Buffer.from(chartSvg.data, 'base64').toString();
	expect(svg).toContain('Charging limit of OFFICE-AC-3, connector 1');
	expect(svg).toContain('Europe/Helsinki');
	expect(run.hints).toEqual([]);
});

it('takes profiles from all items together, each for its connector', async () => {
	const run = await preview(
		[
			item(EVENING, { evseId: 1 }),
			item({ ...EVENING, id: 3 }, { evseId: '2' }),
			{ ...STATION_MAX } as never,
		],
		{ previewOf: 'station', connectors: 2 },
	);
	expect(run.items.map(({ json }) => json.limit)).toEqual([44, 8.1, 44]);
	expect(run.items[0].pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
});

it('takes profiles with their connectors as JSON', async () => {
	const profilesJson = [{ evseId: 1, chargingProfile: EVENING }];
	const run = await preview([{}], { specifyProfiles: 'json', profilesJson });
	expect(run.items.map(({ json }) => json.limit)).toEqual([22, 8.1, 22]);
});

it('takes the profiles from another field, in local time like Set', async () => {
	const local = chargingProfile({}, { startSchedule: '2026-01-15T17:00:00', duration: 10_800 });
	const run = await preview([{ plan: local as never }], {
		profileField: 'plan',
		unit: 'A',
		localLimitA: 32,
	});
	expect(run.items.map(({ json }) => [json.limit, json.unit])).toEqual([
		[32, 'A'],
		[16, 'A'],
		[32, 'A'],
	]);
});

it('a later profile of the same ID replaces the earlier one, as in a charger', async () => {
	const run = await preview([item(EVENING), item({ ...EVENING, validTo: '2026-01-15T16:00:00Z' })]);
	expect(run.items[1].json.end).toBe('2026-01-15T18:00:00+02:00');
});

it('says that no profile sets a limit in the window, in another time zone too', async () => {
	const run = await preview(
		[item(chargingProfile({}, { startSchedule: '2027-01-01T00:00:00Z' }))],
		{ timezone: 'America/New_York', hours: 12 },
	);
	expect(run.items.map(({ json: { start, end } }) => [start, end])).toEqual([
		['2026-01-15T00:00:00-05:00', '2026-01-15T12:00:00-05:00'],
	]);
	expect(run.hints).toEqual([
		'No profile sets a limit in this window: the local limit applies throughout.',
	]);
});

it('the window begins now by default', async () => {
	const before = Math.floor(Date.now() / 1000) * 1000;
	const run = await preview([item(EVENING)], { start: '' });
	const start = Date.parse(run.items[0].json.startUtc as string);
	expect(start).toBeGreaterThanOrEqual(before);
	expect(start).toBeLessThanOrEqual(Date.now());
	expect(Buffer.from(run.items[0].binary!.chartSvg.data, 'base64').toString()).toContain('>now ');
});

const TX = { ...EVENING, chargingProfilePurpose: 'TxProfile', transactionId: 'T' } as const;

it('says which profiles are left out, and why', async () => {
	const run = await preview([item(TX, { evseId: 1 }), item({ ...EVENING, id: 5 }, { evseId: 2 })]);
	expect(run.hints).toEqual([
		'Profile 5: left out, because it is not for connector 1.',
		'Profile 1: shown only with the option Transaction Start, because the purpose Transaction applies only while a transaction runs (TxProfile).',
		'No profile sets a limit in this window: the local limit applies throughout.',
	]);
	const running = await preview([item(TX, { evseId: 1 })], {
		options: { transactionStart: '2026-01-15T16:00:00', transactionId: 'T' },
	});
	expect(running.items.map(({ json }) => json.limit)).toEqual([22, 8.1, 22]);
	expect(running.hints).toEqual([]);
});

it('says where a charger that reads startSchedule otherwise would differ', async () => {
	const daily = { ...EVENING, chargingProfileKind: 'Recurring', recurrencyKind: 'Daily' } as const;
	const starting = { start: '2026-01-14T00:00:00', hours: 48 };
	const run = await preview([item(daily)], starting);
	expect(run.items.map(({ json: { start, limit } }) => [start, limit])).toEqual([
		['2026-01-14T00:00:00+02:00', 22],
		['2026-01-15T17:00:00+02:00', 8.1],
		['2026-01-15T20:00:00+02:00', 22],
	]);
	expect(run.hints).toEqual([
		expect.stringMatching(/^Profile 1: shown from startSchedule on, as strict chargers apply it\./),
	]);
	const limited = await preview([item({ ...daily, validFrom: '2026-01-14T22:00:00Z' })], starting);
	expect(limited.hints).toEqual([]);
	expect((await preview([item(daily)])).hints).toEqual([]);
});

it('says which profiles a charger would not hold together', async () => {
	const run = await preview([
		item(EVENING, { evseId: 1 }),
		item({ ...EVENING, id: 2 }, { evseId: 1 }),
	]);
	expect(run.hints).toEqual([
		expect.stringMatching(
			/^Profile 2 \(item 1\): Profile 1 \(item 0\) is a Transaction Default on stack level 0 too, also for EVSE 1.*\(K01\.FR\.06\)\.$/,
		),
	]);
});

describe('bad input', () => {
	it('is an error that names the item', async () => {
		const { status, error } = await preview([
			item(EVENING),
			item({ ...EVENING, id: 2, stackLevel: -1 }),
		]);
		expect(status).toBe('error');
		expect(error?.message).toBe(
			'chargingProfile, stackLevel: Must be a whole number from 0 up, but is -1 (§2.9) [item 1]',
		);
		expect(error?.description).toMatch(/^Fix the profile: a charger would refuse it\./);
	});

	it('becomes a separate item if the node continues', async () => {
		const run = await preview([item(EVENING), {}], {}, 'continueRegularOutput');
		expect(run.items.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('chargingProfile is missing'),
		]);
	});
});

it.each([
	[undefined, [null, 8.1, null], 'no limit'],
	[1, [22, 8.1, 22], '22 kW'],
])('without a local limit a node of version %p shows %j', async (typeVersion, limits, words) => {
	const { items } = await runProfileOperation(
		'schedule:preview',
		{ start: '2026-01-15T00:00:00' },
		{ credential: {}, items: [item(EVENING)], timezone: HELSINKI, typeVersion },
	);
	expect(items.map(({ json }) => json.limit)).toEqual(limits);
	expect(items[0].json.limitInWords).toBe(words);
	const svg = Buffer.from(items[0].binary!.chartSvg.data, 'base64').toString();
	expect(svg.includes('no limit')).toBe(words === 'no limit');
});

describe('of a charging station', () => {
	const site = useSite();

	const previewOf = (
		stationId: unknown,
		items: IDataObject[],
		parameters: Record<string, unknown> = {},
	) =>
		runProfileOperation(
			'schedule:preview',
			{
				start: '2026-01-15T00:00:00',
				specifyCharger: 'station',
				stationId: byId(stationId),
				...parameters,
			},
			{ credential: credentialsFor(site).accessToken(), items, timezone: HELSINKI },
		);

	const limitsOf = ({ items, error }: Awaited<ReturnType<typeof previewOf>>) => {
		expect(error).toBeUndefined();
		return items.map(({ json: { limit, numberPhases } }) => [limit, numberPhases]);
	};

	it.each([
		['DEPOT-DC-1', {}, [120, undefined], [8.1, undefined]],
		['DEPOT-DC-1', { evseId: 2 }, [120, undefined], [8.1, undefined]],
		['DEPOT-DC-1', { previewOf: 'station' }, [120, undefined], [16.2, undefined]],
		['OFFICE-AC-3', {}, [22.08, undefined], [8.1, 3]],
		['OFFICE-AC-3', { evseId: 12, unit: 'A' }, [32, undefined], [11.7, 3]],
		['OFFICE-AC-1', { unit: 'A' }, [32, undefined], [35.2, 1]],
		['OFFICE-AC-1', { previewOf: 'station' }, [7.36, undefined], [7.36, 1]],
	])(
		'%s with %j: what it can give, %j, and its profile, %j',
		async (id, parameters, own, limited) => {
			const run = await previewOf(id, [item(EVENING)], parameters);
			expect(limitsOf(run)).toEqual([own, limited, own]);
			const svg = Buffer.from(run.items[0].binary!.chartSvg.data, 'base64').toString();
			expect(svg).toContain(`Charging limit of ${id}, `);
			const [request, ...others] = await site.requests();
			expect([request.path, request.query, others]).toEqual([
				expect.stringMatching(/\/stations$/),
				{ stationIds: id },
				[],
			]);
		},
	);

	it('is given by an expression, such as the one that Set outputs', async () => {
		const items = [item(EVENING, { stationId: 'DEPOT-DC-1' })];
		expect(limitsOf(await previewOf('={{ $json.stationId }}', items))[0]).toEqual([120, undefined]);
	});

	it.each<[unknown, Record<string, unknown>, IDataObject, string, number]>([
		['NOWHERE', {}, {}, 'ChargEye knows no charging station NOWHERE [item 0]', 1],
		[
			'DEPOT-DC-1',
			{ evseId: 3 },
			{},
			'The charging station has no connector 3: its connectors are 1, DEPOT-DC-1_connector2 [item 0]',
			1,
		],
		['DEPOT-DC-1', {}, { stationId: 'OFFICE-AC-3' }, 'but the profiles are of OFFICE-AC-3', 0],
		['={{ "" }}', {}, {}, 'Charging Station is empty', 0],
		['DEPOT-DC-1', { hours: 0 }, {}, 'Hours is 0, which is less than 1', 0],
	])('%j with %j and profiles of %j: %s', async (id, parameters, more, message, requests) => {
		const { error } = await previewOf(id, [item(EVENING, more)], parameters);
		expect(error?.message).toContain(message);
		expect(error?.description).toMatch(/\w{4}.*\.$/);
		expect(await site.requests()).toHaveLength(requests);
	});

	it('that cannot be looked up is an error of its own', async () => {
		await site.fault({ status: 403 } as never);
		const { error } = await previewOf('DEPOT-DC-1', [item(EVENING)]);
		expect(error?.httpCode).toBe('403');
	});
});
