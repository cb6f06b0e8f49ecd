import { InputError } from '../base/inputError';
import { utcText } from '../base/timeTexts';
import { buildProfile, type ProfileIdentity } from '../profile/buildProfile';
import type { ChargingProfile, RateUnit } from '../profile/profile';
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
}

/** The most periods that a schedule may have (SetChargingProfileRequest schema); a charger may support fewer. */
export const MOST_PERIODS = 1024;

/**
 * Builds Absolute profiles that set the limits of the spans and end with the spans, so that no limit outlasts its price.
 * Several profiles are valid one after the other, never at the same time (K01.FR.06).
 * @param identity the first profile’s identity; the IDs of the other profiles count up from it
 * @param spans at least one, in order of time, each beginning at the end of the previous one
 * @throws InputError if the spans do not fit into one profile and `split` is false
 */
export function priceProfiles<T extends LimitedSpan>(
	spans: readonly T[],
	unit: RateUnit,
	identity: ProfileIdentity,
	{ periodsPerProfile, split, fix }: PeriodRules,
): Array<BuiltProfile<T>> {
	const periods = merged(spans);
	if (periods.length > periodsPerProfile && !split) {
		throw new InputError(
			`The prices give ${periods.length} periods, and a profile can have ${periodsPerProfile}`,
			fix,
		);
	}
	const count = Math.ceil(periods.length / periodsPerProfile);
	return Array.from({ length: count }, (_, index) => {
		const own = periods.slice(index * periodsPerProfile, (index + 1) * periodsPerProfile);
		return {
			profile: profileOf(own, unit, { ...identity, id: identity.id + index }),
			periods: own,
		};
	});
}

export interface PeriodRules {
	/** At most `MOST_PERIODS`. */
	periodsPerProfile: number;
	/** Whether to build several profiles, with consecutive IDs, if one cannot hold all periods. */
	split: boolean;
	/** What a user can do if the periods do not fit. */
	fix: string;
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
	periods: LimitedSpan[][],
	unit: RateUnit,
	identity: ProfileIdentity,
): ChargingProfile {
	const start = startOf(periods[0]);
	const end = endOf(periods[periods.length - 1]);
	return buildProfile({
		...identity,
		kind: 'Absolute',
		startSchedule: utcText(start),
		chargingRateUnit: unit,
		periods: periods.map((spans) => ({
			startPeriod: startOf(spans) - start,
			limit: spans[0].limit,
		})),
		ofProfile: { validFrom: utcText(start), validTo: utcText(end) },
		ofSchedule: { duration: end - start },
	});
}

export const startOf = (spans: readonly PricedSpan[]): number => spans[0].from;
export const endOf = (spans: readonly PricedSpan[]): number => spans[spans.length - 1].to;
