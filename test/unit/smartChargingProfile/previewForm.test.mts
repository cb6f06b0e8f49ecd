import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { installedProfiles } from '../../../nodes/SmartChargingProfile/preview/installedProfiles.ts';
import { previewQuery } from '../../../nodes/SmartChargingProfile/preview/previewQuery.ts';
import type { ChargingProfile } from '../../../nodes/shared/charging/profile/profile.ts';
import { refusalOf, valuesOf } from '../../support/formValues.mts';
import { chargingProfile } from '../shared/charging/profiles.mts';

const NOW_MS = Date.parse('2026-01-20T00:00:00.500Z');

const form = { properties: [...installedProfiles.properties, ...previewQuery.properties] };

/** Reads the form; by default the preview starts on 15 January 2026 in Helsinki. */
function read(items: IDataObject[], parameters: Record<string, unknown> = {}) {
	const values = valuesOf(form, { start: '2026-01-15T00:00:00', ...parameters });
	const { profiles } = installedProfiles.read(values, items);
	const request = previewQuery.read(values, profiles, NOW_MS);
	if (!('query' in request)) throw new Error('A charging station is to be looked up');
	return request.query;
}

const item = (profile: ChargingProfile, more: IDataObject = {}): IDataObject => ({
	...more,
	chargingProfile: profile as unknown as IDataObject,
});

const EVENING = chargingProfile({}, { startSchedule: '2026-01-15T15:00:00Z', duration: 10_800 });
const STATION_MAX = {
	...EVENING,
	id: 2,
	chargingProfilePurpose: 'ChargingStationMaxProfile',
} as const;

describe('the profiles', () => {
	it.each([
		['one profile', EVENING, 0],
		['a text', JSON.stringify(EVENING), 0],
		['a list', [EVENING], 0],
		['profiles with their connectors', [{ evseId: 1, chargingProfile: EVENING }], 1],
	])('are taken from %s as JSON', (_name, profilesJson, evseId) => {
		expect(read([{}], { specifyProfiles: 'json', profilesJson }).profiles).toEqual([
			{ evseId, profile: EVENING },
		]);
	});
});

describe('the window', () => {
	const hoursOf = (parameters: Record<string, unknown>) => {
		const { startMs, endMs } = read([item(EVENING)], parameters);
		return (endMs - startMs) / 3_600_000;
	};

	it.each([
		['until a given end', { options: { end: '2026-01-15T06:00:00' } }, 6],
		['in another time zone', { timezone: 'America/New_York', hours: 12 }, 12],
		[
			'when the clocks are set forward',
			{ start: '2026-03-29T00:00:00', options: { end: '2026-03-30T00:00:00' } },
			23,
		],
		[
			'when the clocks are set back',
			{ start: '2026-10-25T00:00:00', options: { end: '2026-10-26T00:00:00' } },
			25,
		],
	])('has the right length %s', (_name, parameters, hours) => {
		expect(hoursOf(parameters)).toBe(hours);
	});

	it('begins in the chosen time zone, and without a start at the current whole second', () => {
		const inNewYork = read([item(EVENING)], { timezone: 'America/New_York' });
		expect(DateTime.fromMillis(inNewYork.startMs, { zone: 'utc' }).toISO()).toBe(
			'2026-01-15T05:00:00.000Z',
		);
		expect(read([item(EVENING)], { start: '' }).startMs).toBe(NOW_MS - 500);
	});
});

it.each<[IDataObject[], Record<string, unknown>, string]>([
	[
		[item(EVENING), {}],
		{},
		'chargingProfile is missing: the item has no charging profile [item 1]',
	],
	[[{ chargingProfile: 'x' }], {}, 'chargingProfile is "x", which is not a charging profile'],
	[
		[item(EVENING), item({ ...EVENING, id: 2, stackLevel: -1 })],
		{},
		'chargingProfile, stackLevel: Must be a whole number from 0 up, but is -1 (§2.9) [item 1]',
	],
	[
		[item({ ...EVENING, validTo: '2026-03-29T03:30:00' })],
		{},
		'chargingProfile, validTo is 2026-03-29T03:30:00, which does not exist in Europe/Helsinki',
	],
	[[item(EVENING, { evseId: -1 })], {}, 'evseId is -1, which is not the ID of an EVSE'],
	[[item(STATION_MAX, { evseId: 1 })], {}, '(K01.FR.38)'],
	[
		[item(EVENING, { stationId: 'A' }), item(EVENING, { stationId: 'B' })],
		{},
		'The profiles are of several charging stations: A and B [item 1]',
	],
	[
		[item(EVENING, { evseId: 3 })],
		{ previewOf: 'station', connectors: 2 },
		'Number of Connectors is 2, but profile 1 is for connector 3',
	],
	[[item(EVENING)], { timezone: 'Europe/Helsingfors' }, 'Time Zone is "Europe/Helsingfors"'],
	[
		[item(EVENING)],
		{ start: '2026-03-29T03:30:00' },
		'Start is 2026-03-29T03:30:00, which does not',
	],
	[
		[item(EVENING)],
		{ options: { end: '2026-01-15T00:00:00' } },
		'End is 2026-01-15T00:00:00.000+02:00, which is not after Start',
	],
	[
		[item(EVENING)],
		{ hours: 9000 },
		'Hours makes a preview of 9000 hours, which is more than a year',
	],
	[[item(EVENING)], { hours: 0 }, 'Hours is 0, which is less than 1'],
	[[item(EVENING)], { localLimitKw: -1 }, 'Local Limit (kW) is -1, which is less than 0'],
	[[item(EVENING)], { options: { voltage: 0 } }, 'Nominal Voltage (V) is 0'],
	[
		[{}],
		{ specifyProfiles: 'json', profilesJson: '[' },
		'Charging Profiles (JSON) is not valid JSON',
	],
	[
		[{}],
		{ specifyProfiles: 'json', profilesJson: [] },
		'Charging Profiles (JSON) is an empty list',
	],
	[
		[{}],
		{ specifyProfiles: 'json', profilesJson: [EVENING, { ...EVENING, id: 'x' }] },
		'Profile 2 of Charging Profiles (JSON), id: Must be a whole number, but is "x" (§2.9)',
	],
])('%j with %j is refused: %s', (items, parameters, message) => {
	const refusal = refusalOf(() => read(items, parameters));
	expect(`${refusal.message} [item ${refusal.itemIndex ?? 0}]`).toContain(message);
	expect(refusal.description).toMatch(/\S/);
});
