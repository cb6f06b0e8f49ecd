import { InputError } from '../base/inputError';
import { utcText } from '../base/timeTexts';
import { buildProfile, type ProfileIdentity } from '../profile/buildProfile';
import type { ChargingProfile, RateUnit } from '../profile/profile';
import type { PricedSpan } from './priceList';

/** A priced span, and the limit that holds in it (A or W). */
export interface LimitedSpan extends PricedSpan {
	limit: number;
}

/** A profile, and the spans it was made of. */
export interface BuiltProfile<T extends LimitedSpan> {
	profile: ChargingProfile;
	/** A period of the profile each: spans side by side with the same limit. */
	periods: T[][];
}

/** The most periods of a schedule (SetChargingProfileRequest schema); chargers may hold fewer. */
export const MOST_PERIODS = 1024;

/**
 * Absolute profiles that set the limits of the spans and end with them, so that no limit outlives its price. Several
 * are valid one after the other, never together (K01.FR.06).
 * @param identity that of the first profile; the IDs of further ones count up
 * @param spans in the order of time, each from the end of the one before, at least one
 * @throws InputError if they do not fit into one profile and `split` is false
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
			`The prices give ${periods.length} periods, and a profile holds ${periodsPerProfile}`,
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
	/** Whether to build several profiles, with consecutive IDs, where one does not hold all. */
	split: boolean;
	/** What to do if they do not fit. */
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
