import type { IDataObject } from 'n8n-workflow';

import type { ChargingProfile } from '../../nodes/shared/charging/profile/profile.ts';
import { decodePng } from '../support/png.mts';
import { runProfileOperation } from '../support/smartChargingProfile.mts';
import { chargingProfile } from '../unit/shared/charging/profiles.mts';

const HELSINKI = 'Europe/Helsinki';

/** Runs Preview without an account, by default on 15 January 2026 in Helsinki. */
const preview = (
	items: IDataObject[],
	parameters: Record<string, unknown> = {},
	onError?: 'continueRegularOutput',
) =>
	runProfileOperation(
		'schedule:preview',
		{ start: '2026-01-15T00:00:00', ...parameters },
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
		{ id: 1, purpose: 'TxDefaultProfile', stackLevel: 0, evseId: 1 },
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
		'Profile 1: a TxProfile applies only while its transaction runs. Add the option Transaction Start to see it.',
		'No profile sets a limit in this window: the local limit applies throughout.',
	]);
	const running = await preview([item(TX, { evseId: 1 })], {
		options: { transactionStart: '2026-01-15T16:00:00', transactionId: 'T' },
	});
	expect(running.items.map(({ json }) => json.limit)).toEqual([22, 8.1, 22]);
	expect(running.hints).toEqual([]);
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
