import { InputError } from '../base/inputError';
import { utcText } from '../base/timeTexts';
import { buildProfile, type ProfileIdentity } from '../profile/buildProfile';
import { scheduleParts, type ChargingDetails } from '../profile/chargingDetails';
import type { ChargingProfile, RateUnit } from '../profile/profile';
import type { LeftOver } from '../capacity/leftOver';
import type { Afterwards } from './chargingRules';
import type { PricedSpan } from './priceList';

/** A priced span, with the limit that applies in it (A or W). */
export interface LimitedSpan extends PricedSpan {
	limit: number;
}

/** A profile, and the spans that it was built from. */
export interface BuiltProfile<T extends LimitedSpan> {
	profile: ChargingProfile;
	/** One list per period of the profile: neighbouring spans with the same limit. */
	periods: T[][];
	/** When it ends, in epoch seconds. */
	end: number;
}

/** The most periods that a schedule may have (SetChargingProfileRequest schema); a charger may support fewer. */
export const MOST_PERIODS = 1024;

/**
 * Builds Absolute profiles that set the limits of the spans and end with the spans, so that no limit outlasts its price,
 * or with what holds after them.
 * Several profiles are valid one after the other, never at the same time (K01.FR.06).
 * @param identity the first profile’s identity; the IDs of the other profiles count up from it
 * @param spans at least one, in order of time, each beginning at the end of the previous one
 * @throws InputError if the spans do not fit the charger, or into one profile and `split` is false
 */
export function priceProfiles<T extends LimitedSpan>(
	spans: readonly T[],
	unit: RateUnit,
	identity: ProfileIdentity,
	rules: PeriodRules,
	afterwards: Afterwards = {},
): Array<BuiltProfile<T>> {
	const { periodsPerProfile, sameLevelReplaces = false } = rules;
	const periods = merged(spans);
	const count = checkedCount(periods, rules, identity.stackLevel);
	return Array.from({ length: count }, (_, index) => {
		const own = periods.slice(index * periodsPerProfile, (index + 1) * periodsPerProfile);
		const level = identity.stackLevel + (sameLevelReplaces ? index : 0);
		const as = { ...identity, id: identity.id + index, stackLevel: level };
		const first = { ...rules, startEarlier: index === 0 ? rules.startEarlier : 0 };
		const { goesOn = 0, after }: Afterwards = index === count - 1 ? afterwards : {};
		const limitsEnd = endOf(own[own.length - 1]) + goesOn;
		const end = limitsEnd + (after?.lasts ?? 0);
		const limits = own.map((spans) => ({ at: startOf(spans), limit: spans[0].limit }));
		if (after && after.limit !== limits[limits.length - 1].limit) {
			limits.push({ at: limitsEnd, limit: after.limit });
		}
		return { profile: profileOf(limits, end, unit, as, first), periods: own, end };
	});
}

/** How many profiles hold the periods. @throws InputError if that is too many */
function checkedCount(
	periods: readonly LimitedSpan[][],
	{ periodsPerProfile, split, fix, ...capacity }: PeriodRules,
	stackLevel: number,
): number {
	const count = Math.ceil(periods.length / periodsPerProfile);
	if (count > 1 && !split) {
		throw new InputError(
			`The prices give ${periods.length} periods, and a profile can have ${periodsPerProfile}`,
			fix,
		);
	}
	const most = mostProfiles(capacity, stackLevel);
	if (count <= most) return count;
	const fitting = periods[most * periodsPerProfile - 1];
	throw new InputError(
		`The prices give ${periods.length} periods in ${count} profiles, and the charger takes ${most} ${most === 1 ? 'profile' : 'profiles'} of ${periodsPerProfile} periods${capacity.sameLevelReplaces ? ', because each needs a stack level of its own' : ''}`,
		`Give only the prices up to ${utcText(endOf(fitting))}. ${fix}`,
	);
}

/** How many profiles valid one after the other a charger takes, from a stack level on. */
export const mostProfiles = (
	{
		profiles = Infinity,
		levels = Infinity,
		sameLevelReplaces,
	}: Pick<PeriodRules, 'profiles' | 'levels' | 'sameLevelReplaces'>,
	stackLevel: number,
): number => (sameLevelReplaces ? Math.min(profiles, levels - stackLevel) : profiles);

export interface PeriodRules {
	/** At most `MOST_PERIODS`. */
	periodsPerProfile: number;
	/** Whether to build several profiles, with consecutive IDs, if one cannot hold all periods. */
	split: boolean;
	/** What a user can do if the periods do not fit, in sentences. */
	fix: string;
	/** How many profiles the charger takes. */
	profiles?: number;
	/** How many stack levels the charger takes. */
	levels?: number;
	/** Whether each profile needs a stack level of its own (OCPP 1.6). */
	sameLevelReplaces?: boolean;
	/** What applies in every period, besides its limit. */
	details?: ChargingDetails;
	/** By how many seconds the first period begins before its spans. */
	startEarlier?: number;
}

function merged<T extends LimitedSpan>(spans: readonly T[]): T[][] {
	const periods: T[][] = [];
	for (const span of spans) {
		const last = periods[periods.length - 1] as T[] | undefined;
		if (last?.[0].limit === span.limit) last.push(span);
		else periods.push([span]);
	}
	return periods;
}

function profileOf(
	limits: ReadonlyArray<{ at: number; limit: number }>,
	end: number,
	unit: RateUnit,
	identity: ProfileIdentity,
	{ details, startEarlier = 0 }: Pick<PeriodRules, 'details' | 'startEarlier'>,
): ChargingProfile {
	const start = limits[0].at - startEarlier;
	return buildProfile({
		...identity,
		kind: 'Absolute',
		startSchedule: utcText(start),
		chargingRateUnit: unit,
		...scheduleParts(
			limits.map(({ at, limit }, index) => ({ startPeriod: index === 0 ? 0 : at - start, limit })),
			end - start,
			details,
		),
		ofProfile: { validFrom: utcText(start), validTo: utcText(end) },
	});
}

export const startOf = (spans: readonly PricedSpan[]): number => spans[0].from;
export const endOf = (spans: readonly PricedSpan[]): number => spans[spans.length - 1].to;

/**
 * The profiles that a former build with other prices may have left: those of every ID that a build can use. Undefined if
 * each build has one profile, which replaces the former one, or if their number has no bound.
 * @param used the stack levels of the new profiles
 */
export function leftOverOf(
	{ id, stackLevel, purpose }: ProfileIdentity,
	{ split, profiles = Infinity, levels = Infinity, sameLevelReplaces }: PeriodRules,
	used: readonly number[],
): LeftOver | undefined {
	if (!split || profiles === Infinity || profiles === 1) return undefined;
	const count = sameLevelReplaces
		? mostProfiles({ profiles, levels, sameLevelReplaces }, stackLevel)
		: 1;
	const stackLevels = Array.from({ length: count }, (_, above) => stackLevel + above).filter(
		(level) => !sameLevelReplaces || !used.includes(level),
	);
	if (stackLevels.length === 0) return undefined;
	return { chargingProfilePurpose: purpose, stackLevels, idFrom: id, idTo: id + profiles - 1 };
}
