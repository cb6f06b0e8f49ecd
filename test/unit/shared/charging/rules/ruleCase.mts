import type {
	ChargingProfile,
	ChargingSchedule,
	ChargingSchedulePeriod,
} from '../../../../../nodes/shared/charging/profile/profile.ts';
import type {
	Finding,
	ProfileTarget,
} from '../../../../../nodes/shared/charging/rules/checkChargingProfile.ts';
import { chargingProfile } from '../profiles.mts';

/** A rule, with a profile that breaks it, the path of the breach, and a similar profile that is valid. */
export interface RuleCase {
	rule: string;
	requirement: string;
	path: string;
	severity: Finding['severity'];
	reasonCode: string;
	breach: unknown;
	legal: unknown;
	/** The target of both profiles, or only of the one with the breach if there is a `legalTarget`. */
	target?: ProfileTarget;
	legalTarget?: ProfileTarget;
}

export const SET: ProfileTarget = { request: 'set' };
export const START: ProfileTarget = { request: 'start' };
export const ON_DC: ProfileTarget = { request: 'set', currentType: 'DC' };
export const onEvse = (evseId: number, request: 'set' | 'start' = 'set') => ({ evseId, request });
export const schedule = (
	changes: Partial<ChargingSchedule>,
	profile: Partial<ChargingProfile> = {},
) => chargingProfile(profile, changes);
export const periods = (...list: ChargingSchedulePeriod[]) =>
	schedule({ chargingSchedulePeriod: list });
export const period = (changes: Partial<ChargingSchedulePeriod>) =>
	periods({ startPeriod: 0, limit: 16, ...changes });
export const starts = (...list: number[]) =>
	periods(...list.map((startPeriod) => ({ startPeriod, limit: 16 })));
export const schedules = (count: number, changes: Partial<ChargingProfile> = {}) => {
	const profile = chargingProfile(changes);
	return {
		...profile,
		chargingSchedule: Array.from({ length: count }, () => profile.chargingSchedule[0]),
	};
};
export const txProfile: Partial<ChargingProfile> = {
	chargingProfilePurpose: 'TxProfile',
	transactionId: 'TX-1',
};
export const stationMax: Partial<ChargingProfile> = {
	chargingProfilePurpose: 'ChargingStationMaxProfile',
};
export const relative = (changes: Partial<ChargingProfile> = {}, startSchedule?: string) =>
	schedule({ startSchedule }, { chargingProfileKind: 'Relative', ...changes });
export const recurring = (recurrencyKind: 'Daily' | 'Weekly', changes: Partial<ChargingSchedule>) =>
	schedule(changes, { chargingProfileKind: 'Recurring', recurrencyKind });
export const twoPeriods = (startPeriod: number) => ({
	chargingSchedulePeriod: [
		{ startPeriod: 0, limit: 16 },
		{ startPeriod, limit: 32 },
	],
});
export const at = (start: string) => schedule({ startSchedule: start });

export const SCHEDULE = 'chargingSchedule[0]';
export const FIRST = `${SCHEDULE}.chargingSchedulePeriod[0]`;
export const SECOND = `${SCHEDULE}.chargingSchedulePeriod[1]`;
export const IN_SCHEMA = 'SetChargingProfileRequest schema';
export const INTEGERS = 'primitive datatype integer';
export const CHARGEYE = 'ChargEye’s charging profile';
