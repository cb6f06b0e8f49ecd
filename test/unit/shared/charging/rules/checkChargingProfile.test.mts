import fc from 'fast-check';

import { checkChargingProfile } from '../../../../../nodes/shared/charging/rules/checkChargingProfile.ts';
import * as requirements from '../../../../../nodes/shared/charging/rules/requirements.ts';
import { NESTED_RULES } from './nestedRuleCases.mts';
import { PROFILE_RULES } from './profileRuleCases.mts';
import { chargingProfile } from '../profiles.mts';
import {
	at,
	FIRST,
	IN_SCHEMA,
	period,
	periods,
	SCHEDULE,
	SET,
	starts,
	stationMax,
	txProfile,
} from './ruleCase.mts';
import { SCHEDULE_RULES } from './scheduleRuleCases.mts';

describe('rules of a charging profile', () => {
	it.each(
		[...PROFILE_RULES, ...SCHEDULE_RULES, ...NESTED_RULES].map(
			(rule) => [rule.rule, rule] as const,
		),
	)('%s', (_rule, { breach, legal, target = SET, legalTarget = target, ...expected }) => {
		const { severity, path, requirement, reasonCode } = expected;
		const found = checkChargingProfile(breach, target).filter(
			(finding) => finding.path === path && finding.requirement === requirement,
		);
		expect(found).toMatchObject([{ severity, reasonCode }]);
		expect(found[0].message).toMatch(/\S.*\.$/);
		expect(checkChargingProfile(legal, legalTarget)).toEqual([]);
	});

	it('have a test case for every row of the rule tables', () => {
		const keyOf = (field: string, requirement: string, severity = 'error') =>
			[field.split('.').at(-1), requirement, severity].join(' ');
		const rows = Object.values(requirements)
			.flat()
			.map(({ field, requirement, severity }) => keyOf(field, requirement, severity));
		const cases = [...PROFILE_RULES, ...SCHEDULE_RULES].map(({ path, requirement, severity }) =>
			keyOf(path, requirement, severity),
		);
		expect(cases).toEqual(expect.arrayContaining(rows));
	});

	it('report each breach once, and nothing else', () => {
		const target = { evseId: 1, request: 'set', currentType: 'AC' } as const;
		expect(checkChargingProfile(starts(60, 60, 120), target)).toEqual([
			{
				severity: 'error',
				path: 'chargingSchedule[0].chargingSchedulePeriod[0].startPeriod',
				message: 'The first period must start at 0 s, not at 60 s.',
				requirement: 'K01.FR.31',
				reasonCode: 'InvalidSchedule',
			},
			{
				severity: 'error',
				path: 'chargingSchedule[0].chargingSchedulePeriod[1].startPeriod',
				message: 'Must be later than the period before, which starts at 60 s, but is 60 s.',
				requirement: 'K01.FR.35',
				reasonCode: 'InvalidSchedule',
			},
		]);
	});

	it('say what to write instead', () => {
		const messages = (profile: unknown) =>
			checkChargingProfile(profile, SET).map(({ message }) => message);
		expect(messages(period({ limit: 8.11 }))).toEqual([
			'8.11 has more than one decimal; write 8.1, for instance.',
		]);
		expect(messages(at('2026-01-15T17:00:00+02:00'))).toEqual([
			'Not every station reads the offset +02:00; write 2026-01-15T15:00:00Z.',
		]);
		expect(messages({ ...chargingProfile(), stackLevel: '5' })).toEqual([
			'Must be a whole number from 0 up, but is "5".',
		]);
		expect(messages({ ...chargingProfile(), condition: { whenNoCloudConection: true } })).toEqual([
			'Is not known here. Did you mean whenNoCloudConnection? Known are whenNoCloudConnection, whenSessionNotAuthorized.',
		]);
		expect(messages({ ...chargingProfile(), StackLevel: 1 })).toEqual([
			expect.stringContaining('Did you mean stackLevel?'),
		]);
		expect(messages({ ...chargingProfile(), weather: 'fine' })).toEqual([
			expect.stringMatching(/^Is not known here\. Known are id, /),
		]);
		expect(messages({ ...chargingProfile(), id: 1768496400000 })).toEqual([
			'Must be at most 2147483647, but is 1768496400000.',
		]);
	});

	it('list some of very many faults, and count the others', () => {
		const many = Object.fromEntries(
			Array.from({ length: 50_000 }, (_, i) => [`stackLevel${i}`, 1]),
		);
		const unknown = checkChargingProfile({ ...chargingProfile(), ...many }, SET);
		expect(unknown).toHaveLength(11);
		expect(unknown.at(-1)).toMatchObject({
			path: '',
			message: 'Has 49990 more fields that are not known.',
		});
		const long = { ...chargingProfile(), ['x'.repeat(1_000_000)]: 1 };
		expect(checkChargingProfile(long, SET)).toMatchObject([{ path: `${'x'.repeat(59)}…` }]);
		const bad = Array.from({ length: 50_000 }, () => ({ startPeriod: 'x', limit: 16 }));
		const found = checkChargingProfile(periods(...(bad as never[])), SET);
		expect(found[0].message).toBe('Has 50000 periods; at most 1024 are allowed.');
		expect(found).toHaveLength(1025);
	});

	it('accept every limit with one decimal, and no other', () => {
		for (let tenths = 0; tenths <= 1000; tenths++) {
			expect(checkChargingProfile(period({ limit: tenths / 10 }), SET)).toEqual([]);
			expect(checkChargingProfile(period({ limit: (tenths * 10 + 1) / 100 }), SET)).toHaveLength(1);
		}
	});

	it('are not applied if they are about unknown facts', () => {
		expect(checkChargingProfile(chargingProfile(txProfile), SET)).toEqual([]);
		expect(checkChargingProfile(chargingProfile(stationMax), SET)).toEqual([]);
		expect(checkChargingProfile(period({ numberPhases: 3 }), SET)).toEqual([]);
	});
});

describe('malformed profiles', () => {
	it.each([
		['nothing', undefined, ''],
		['null', null, ''],
		['a text', 'profile', ''],
		['a list', [chargingProfile()], ''],
		['no schedules', { ...chargingProfile(), chargingSchedule: undefined }, 'chargingSchedule'],
		[
			'schedules that are not a list',
			{ ...chargingProfile(), chargingSchedule: {} },
			'chargingSchedule',
		],
		['a schedule that is not an object', { ...chargingProfile(), chargingSchedule: [5] }, SCHEDULE],
		[
			'periods that are not a list',
			{
				...chargingProfile(),
				chargingSchedule: [
					{ ...chargingProfile().chargingSchedule[0], chargingSchedulePeriod: 'all day' },
				],
			},
			`${SCHEDULE}.chargingSchedulePeriod`,
		],
		[
			'a period that is not an object',
			{
				...chargingProfile(),
				chargingSchedule: [
					{ ...chargingProfile().chargingSchedule[0], chargingSchedulePeriod: [null] },
				],
			},
			FIRST,
		],
		[
			'an unknown purpose',
			{ ...chargingProfile(), chargingProfilePurpose: 'Max' },
			'chargingProfilePurpose',
		],
		[
			'an unknown kind',
			{ ...chargingProfile(), chargingProfileKind: 'Hourly' },
			'chargingProfileKind',
		],
		[
			'vendor data without a vendor',
			{ ...chargingProfile(), customData: {} },
			'customData.vendorId',
		],
		['vendor data that is not an object', { ...chargingProfile(), customData: 'x' }, 'customData'],
	])('%s is one error', (_name, profile, path) => {
		expect(checkChargingProfile(profile, SET)).toEqual([
			expect.objectContaining({ severity: 'error', path, requirement: IN_SCHEMA }),
		]);
	});

	it('never crash the check, whatever they contain', () => {
		const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true });
		const fields = (...names: string[]) =>
			fc.record(Object.fromEntries(names.map((name) => [name, anything])), {
				requiredKeys: [],
			});
		const overPeriod = fields('startPeriod', 'limit', 'numberPhases', 'phaseToUse', 'customData');
		const overSchedule = fields(
			'id',
			'startSchedule',
			'duration',
			'chargingRateUnit',
			'salesTariff',
		);
		const overProfile = fields(
			'id',
			'stackLevel',
			'chargingProfilePurpose',
			'chargingProfileKind',
			'recurrencyKind',
			'validFrom',
			'validTo',
			'transactionId',
			'customData',
			'condition',
			'meta',
		);
		const profile = fc.tuple(overProfile, overSchedule, overPeriod).map(([top, middle, inner]) => {
			const base = chargingProfile();
			const [first] = base.chargingSchedule;
			const list = [{ ...first.chargingSchedulePeriod[0], ...inner }];
			return {
				...base,
				...top,
				chargingSchedule: [{ ...first, ...middle, chargingSchedulePeriod: list }],
			};
		});
		const consumption = fc.record({ startValue: anything, cost: fc.array(anything) });
		const entry = fc.record({
			relativeTimeInterval: fc.oneof(anything, fields('start', 'duration')),
			consumptionCost: fc.oneof(anything, fc.array(consumption)),
		});
		const tariff = fc.record({ id: anything, salesTariffEntry: fc.array(entry) });
		const withTariff = tariff.map((salesTariff) => chargingProfile({}, { salesTariff } as object));
		const target = fc.record({
			evseId: fc.constantFrom(undefined, 0, 1),
			request: fc.constantFrom('set', 'start'),
			currentType: fc.constantFrom(undefined, 'AC', 'DC'),
		});
		fc.assert(
			fc.property(fc.oneof(anything, profile, withTariff), target, (any, where) => {
				for (const { message, reasonCode } of checkChargingProfile(any, where)) {
					expect(message).toMatch(/\.$/);
					expect(reasonCode.length).toBeLessThanOrEqual(20);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
