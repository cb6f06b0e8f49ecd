import type { IDataObject } from 'n8n-workflow';

import type { ChargingProfile } from '../../nodes/shared/charging/profile/profile.ts';
import { runProfileOperation } from '../support/smartChargingProfile.mts';
import { chargingProfile } from '../unit/shared/charging/profiles.mts';
import { FIRST, period } from '../unit/shared/charging/rules/ruleCase.mts';

const validate = (items: unknown[], parameters: Record<string, unknown> = {}) =>
	runProfileOperation('schedule:validate', parameters, {
		credential: {},
		items: items as IDataObject[],
		timezone: 'Europe/Helsinki',
	});

it('a profile without faults is valid, with its times in UTC', async () => {
	const local = chargingProfile({}, { startSchedule: '2026-01-15T17:00:00' });
	const { items } = await validate([{ chargingProfile: local }]);
	expect(items.map(({ json }) => json)).toEqual([
		{
			valid: true,
			findings: [],
			warnings: [],
			chargingProfile: chargingProfile({}, { startSchedule: '2026-01-15T15:00:00Z' }),
		},
	]);
});

it('every item gets an answer, and a broken rule does not fail it', async () => {
	const bad = chargingProfile(
		{ stackLevel: -1, chargingProfilePurpose: 'ChargingStationExternalConstraints' },
		{ chargingSchedulePeriod: [{ startPeriod: 60, limit: 8.11 }] },
	);
	const { status, items } = await validate([
		{ chargingProfile: bad },
		{ chargingProfile: chargingProfile() },
	]);
	expect(status).toBe('success');
	expect(items.map(({ json, pairedItem }) => [json.valid, pairedItem])).toEqual([
		[false, { item: 0 }],
		[true, { item: 1 }],
	]);
	expect(items[0].json).toMatchObject({
		findings: [
			{
				severity: 'error',
				path: 'stackLevel',
				requirement: '§2.9',
				reasonCode: 'InvalidStackLevel',
			},
			{ severity: 'warning', path: 'chargingProfilePurpose', requirement: 'K01.FR.22' },
			{
				path: 'chargingSchedule[0].chargingSchedulePeriod[0].startPeriod',
				message: 'The first period must start at 0 s, not at 60 s.',
				requirement: 'K01.FR.31',
				reasonCode: 'InvalidSchedule',
			},
			{ path: 'chargingSchedule[0].chargingSchedulePeriod[0].limit', requirement: '§2.11' },
		],
		warnings: [],
		chargingProfile: bad,
	});
});

const TX_PROFILE = { chargingProfilePurpose: 'TxProfile', transactionId: 'TX-1' } as const;
const MAX_PROFILE = { chargingProfilePurpose: 'ChargingStationMaxProfile' } as const;

/** Rules that depend on the fields about the request. */
it.each<[Record<string, unknown>, ChargingProfile, string, string]>([
	[{ request: 'start' }, chargingProfile(), 'chargingProfilePurpose', 'F01.FR.09'],
	[{ sentTo: 'station' }, chargingProfile(TX_PROFILE), 'evseId', 'K01.FR.16'],
	[{ sentTo: 'connector', evseId: 2 }, chargingProfile(MAX_PROFILE), 'evseId', 'K01.FR.38'],
	[{ currentType: 'DC' }, period({ numberPhases: 3 }), `${FIRST}.numberPhases`, 'K01.FR.44'],
])('follows the fields about the request: %j', async (parameters, profile, path, requirement) => {
	const findings = async (said: Record<string, unknown>) =>
		(await validate([{ chargingProfile: profile }], said)).items[0].json.findings;
	expect(await findings({})).toEqual([]);
	expect(await findings(parameters)).toMatchObject([{ path, requirement }]);
});

it('a local time that does not exist is an error with its own text', async () => {
	const skipped = chargingProfile({ validTo: '2026-03-29T03:30:00' });
	const [{ json }] = (await validate([{ chargingProfile: skipped }])).items;
	expect(json.findings).toEqual([
		{
			severity: 'error',
			path: 'validTo',
			message:
				'The time is 2026-03-29T03:30:00, which does not exist in Europe/Helsinki: the clocks are set forward past it. Enter a time before or after the change, such as 2026-03-29T04:30:00+03:00.',
			requirement: '§3.1',
			reasonCode: 'InvalidProfile',
		},
	]);
});

it('warns about what is allowed but may not be as expected', async () => {
	const pausing = chargingProfile({}, { chargingSchedulePeriod: [{ startPeriod: 0, limit: 0 }] });
	const [{ json }] = (await validate([{ chargingProfile: pausing }])).items;
	expect(json).toMatchObject({
		valid: true,
		findings: [],
		warnings: [expect.stringContaining('most AC cars pause')],
	});
});

it.each([
	['a text', JSON.stringify(chargingProfile()), true],
	['the body of the API', { chargingProfile: chargingProfile() }, true],
	['a list', [chargingProfile()], true],
	['an empty list', [], false],
])('takes %s', async (_name, profileJson, valid) => {
	const [{ json }] = (await validate([{}], { profileJson })).items;
	expect(json.valid).toBe(valid);
});

it.each([
	[{ profileJson: '{' }, 'Charging Profile (JSON) is not valid JSON'],
	[{}, 'Charging Profile (JSON) is empty'],
	[{ sentTo: 'connector', evseId: 0 }, 'Connector (EVSE ID) is 0, which is less than 1'],
])('%j is not a profile at all', async (parameters, message) => {
	const item = 'sentTo' in parameters ? { chargingProfile: chargingProfile() } : {};
	const { status, error } = await validate([item], parameters);
	expect([status, error?.message]).toEqual(['error', expect.stringContaining(message)]);
});

describe('profiles that come together', () => {
	const SECOND = chargingProfile({ id: 2 });

	/** Each output in short: whether it is valid, and the requirements of its findings. */
	const judged = async (items: unknown[], parameters: Record<string, unknown> = {}) =>
		(await validate(items, parameters)).items.map(({ json: { valid, findings } }) => [
			valid,
			(findings as Array<{ requirement: string }>).map(({ requirement }) => requirement),
		]);

	it('are judged over all items, and each finding names the other profile', async () => {
		const { items } = await validate([
			{ chargingProfile: chargingProfile(), evseId: 1 },
			{ chargingProfile: SECOND, connectorId: '1' },
			{ chargingProfile: chargingProfile({ id: 3 }), evseId: 2 },
		]);
		expect(items.map(({ json }) => [json.valid, json.evseId])).toEqual([
			[false, 1],
			[false, 1],
			[true, 2],
		]);
		expect(items[0].json.findings).toMatchObject([
			{
				severity: 'error',
				path: 'stackLevel',
				message: expect.stringMatching(
					/^Profile 2 \(item 1\) is a Transaction Default on stack level 0 too/,
				) as string,
				requirement: 'K01.FR.06',
			},
		]);
		expect(items[1].json.findings).toMatchObject([
			{ message: expect.stringMatching(/^Profile 1 \(item 0\) /) as string },
		]);
	});

	it('can be a list in JSON, each with its EVSE', async () => {
		const profileJson = [
			{ evseId: 0, chargingProfile: chargingProfile() },
			{ evseId: 1, chargingProfile: SECOND },
		];
		expect(await judged([{}], { profileJson })).toEqual([
			[false, ['K01.FR.53']],
			[false, ['K01.FR.53']],
		]);
	});

	it('may be for different EVSEs if nobody says where they are', async () => {
		const items = [{ chargingProfile: chargingProfile() }, { chargingProfile: SECOND }];
		const found = ['K01.FR.06'];
		expect(await judged(items)).toEqual([
			[true, found],
			[true, found],
		]);
		expect(await judged(items, { sentTo: 'connector', evseId: 1 })).toEqual([
			[false, found],
			[false, found],
		]);
	});

	it('of two charging stations do not concern each other', async () => {
		const items = [
			{ chargingProfile: chargingProfile(), evseId: 1, stationId: 'A' },
			{ chargingProfile: SECOND, evseId: 1, stationId: 'B' },
		];
		expect(await judged(items)).toEqual([
			[true, []],
			[true, []],
		]);
	});
});

describe('the option Charger Capacity', () => {
	const items = [1, 2, 3].map((id) => ({
		stationId: 'A',
		evseId: 1,
		chargingProfile: chargingProfile({ id, stackLevel: id - 1 }),
	}));
	const errorsOf = async (options: IDataObject) =>
		(await validate(items, { options })).items.map(({ json: { valid, findings } }) => [
			valid,
			(findings as Array<{ message: string }>).map(({ message }) => message),
		]);
	const capacity = { chargerCapacity: 'custom', capacityPeriods: 24, capacityLevels: 4 };

	it('judges all profiles for a charging station', async () => {
		expect(await errorsOf({ ...capacity, capacityProfiles: 2 })).toEqual([
			[true, []],
			[true, []],
			[
				false,
				[
					'Is profile 3 on the charging station, and by Charger Capacity it takes 2. Clear profiles that are not needed first.',
				],
			],
		]);
	});

	it('judges each profile', async () => {
		const levels = await errorsOf({ ...capacity, capacityLevels: 2, capacityProfiles: 3 });
		expect(levels[2]).toEqual([false, ['Is 2, and by Charger Capacity the highest is 1.']]);
	});

	it('counts only if it is added', async () => {
		expect((await errorsOf({})).map(([valid]) => valid)).toEqual([true, true, true]);
		expect((await errorsOf({ chargerCapacity: 'ocpp16' })).map(([valid]) => valid)).toEqual([
			true,
			false,
			false,
		]);
	});

	it('refuses bad input before profiles are judged', async () => {
		const { error } = await validate(items, { options: { ...capacity, capacityProfiles: 0 } });
		expect(error?.message).toContain('Profiles is 0, which is less than 1 [item 0]');
	});
});

it('says that a profile never runs', async () => {
	const past = chargingProfile({ validTo: '2026-01-20T00:00:00Z' });
	const [{ json }] = (await validate([{ chargingProfile: past }])).items;
	expect(json).toMatchObject({
		valid: true,
		findings: [
			{
				severity: 'warning',
				path: 'validTo',
				message: 'Lies in the past: the profile never runs.',
			},
		],
	});
});
