import { DateTime } from 'luxon';

import type { CompositeScheduleQuery } from '../../../../nodes/shared/charging/compositeSchedule.ts';
import type {
	ChargingProfile,
	ChargingProfilePurpose,
	ChargingSchedulePeriod,
	InstalledProfile,
	RateUnit,
} from '../../../../nodes/shared/charging/profile.ts';

interface NaiveLimit {
	limit: number;
	numberPhases?: number;
}

interface Candidate {
	limit: number;
	unit: RateUnit;
	numberPhases?: number;
}

/**
 * The limit at one second, straight from the words of the specification and with no thought for
 * speed: what the composite schedule is compared with. Not rounded.
 */
export function naiveLimit(query: CompositeScheduleQuery, second: number): NaiveLimit {
	if (query.evseId !== 0) return evseLimit(query, query.evseId, second);

	const evses = query.evseIds.map((evseId) => evseLimit(query, evseId, second));
	const phases = evses.flatMap(({ numberPhases }) => numberPhases ?? []);
	const total: Candidate = {
		limit: evses.reduce((sum, { limit }) => sum + limit, 0),
		unit: query.unit,
		numberPhases: phases.length > 0 ? Math.max(...phases) : undefined,
	};
	const since = [...query.transactions.values()].map(
		({ startedAtMs: startedAt }) => startedAt / 1000,
	);
	const began = since.length > 0 ? Math.min(...since) : query.startMs / 1000;
	const station = query.profiles.filter(({ evseId }) => evseId === 0);
	return minimum(query, [
		total,
		...strongest(query, station, 'ChargingStationExternalConstraints', second, began),
		...strongest(query, station, 'ChargingStationMaxProfile', second, began),
	]);
}

function evseLimit(query: CompositeScheduleQuery, evse: number, second: number): NaiveLimit {
	const transaction = query.transactions.get(evse);
	const began = (transaction?.startedAtMs ?? query.startMs) / 1000;
	const here = query.profiles.filter(({ evseId }) => evseId === 0 || evseId === evse);
	const own = here.filter(
		({ profile }) =>
			transaction !== undefined &&
			[undefined, profile.transactionId].includes(transaction.transactionId),
	);
	const session = strongest(query, own, 'TxProfile', second, began);
	const candidates = [
		...(session.length > 0 ? session : strongest(query, here, 'TxDefaultProfile', second, began)),
		...strongest(query, here, 'ChargingStationMaxProfile', second, began),
		...strongest(query, here, 'ChargingStationExternalConstraints', second, began),
	];
	return candidates.length > 0
		? minimum(query, candidates)
		: { limit: query.defaultLimit[query.unit] };
}

/** Of the profiles with a period at the second, the one on the highest stack level; none or one. */
function strongest(
	query: CompositeScheduleQuery,
	profiles: readonly InstalledProfile[],
	purpose: ChargingProfilePurpose,
	second: number,
	began: number,
): Candidate[] {
	let best: { stackLevel: number; candidate: Candidate } | undefined;
	for (const { profile } of profiles) {
		if (profile.chargingProfilePurpose !== purpose) continue;
		const period = periodAt(profile, second, began);
		if (!period || (best && best.stackLevel >= profile.stackLevel)) continue;
		const { chargingRateUnit } = profile.chargingSchedule[0];
		best = {
			stackLevel: profile.stackLevel,
			candidate: {
				limit: period.limit,
				unit: chargingRateUnit,
				numberPhases:
					query.phases === undefined ? undefined : Math.min(period.numberPhases ?? 3, query.phases),
			},
		};
	}
	return best ? [best.candidate] : [];
}

function periodAt(
	profile: ChargingProfile,
	second: number,
	began: number,
): ChargingSchedulePeriod | undefined {
	const { validFrom, validTo, recurrencyKind } = profile;
	if (validFrom !== undefined && second < seconds(validFrom)) return undefined;
	if (validTo !== undefined && second >= seconds(validTo)) return undefined;

	const { startSchedule, duration, chargingSchedulePeriod } = profile.chargingSchedule[0];
	const anchor = startSchedule === undefined ? began : seconds(startSchedule);
	let into = second - anchor;
	if (recurrencyKind !== undefined) {
		const cycle = (recurrencyKind === 'Daily' ? 1 : 7) * 24 * 60 * 60;
		while (into < 0) into += cycle;
		while (into >= cycle) into -= cycle;
	}
	if (into < 0 || (duration !== undefined && into >= duration)) return undefined;
	return chargingSchedulePeriod.findLast(({ startPeriod }) => startPeriod <= into);
}

function minimum(query: CompositeScheduleQuery, candidates: Candidate[]): NaiveLimit {
	const phases = candidates.flatMap(({ numberPhases }) => numberPhases ?? []);
	const numberPhases = phases.length > 0 ? Math.min(...phases) : undefined;
	const wattsPerAmpere = query.voltage * (numberPhases ?? query.phases ?? 1);
	const limits = candidates.map(({ limit, unit }) => {
		if (unit === query.unit) return limit;
		return unit === 'A' ? limit * wattsPerAmpere : limit / wattsPerAmpere;
	});
	return { limit: Math.min(...limits), numberPhases };
}

function seconds(time: string): number {
	return DateTime.fromISO(time).toSeconds();
}
