import { DateTime } from 'luxon';

import { InputError } from '../../../../../nodes/shared/charging/base/inputError.ts';
import { explainCompositeSchedule } from '../../../../../nodes/shared/charging/composite/compositeSchedule.ts';
import type { ChargingProfile } from '../../../../../nodes/shared/charging/profile/profile.ts';
import {
	buildTariffProfiles,
	type TariffSchedule,
} from '../../../../../nodes/shared/charging/tariff/build.ts';
import type { Tariff } from '../../../../../nodes/shared/charging/tariff/tariff.ts';
import { chargingProfile, compositeQuery, installed } from '../profiles.mts';
import { naiveTariffLimit } from './tariffs.mts';

export const DAY = 86_400;

/** All times of the tariffs and of the clock changes are multiples of five minutes. */
const STEP = 300;

/** A profile on a lower stack level than the tariff’s, whose lowest is 1. */
const beneath = (tariff: Tariff): ChargingProfile =>
	chargingProfile(
		{ id: 9999, chargingProfilePurpose: tariff.identity.purpose },
		{
			startSchedule: '2010-01-01T00:00:00Z',
			chargingRateUnit: tariff.unit,
			chargingSchedulePeriod: [{ startPeriod: 0, limit: 99 }],
		},
	);

/** The charger’s periods from one second to another, by the second and with the seconds at which they change. */
export function preview(tariff: Tariff, profiles: ChargingProfile[], from: number, to: number) {
	const periods = explainCompositeSchedule(
		compositeQuery(
			[beneath(tariff), ...profiles].map((profile) => installed(0, profile)),
			{
				startMs: from * 1000,
				endMs: to * 1000,
				unit: tariff.unit,
				defaultLimit: { A: 200, W: 200_000 },
			},
		),
	);
	return {
		at: (second: number) => periods.findLast(({ startPeriod }) => startPeriod <= second - from)!,
		changes: periods.map(({ startPeriod }) => from + startPeriod),
	};
}

/** The time from the tariff’s start until the profiles end, but at most a number of days. */
export function useOf(tariff: Tariff, until: string | undefined, days: number) {
	const from = Math.floor(tariff.startMs / 1000);
	const end = until === undefined ? Infinity : DateTime.fromISO(until).toSeconds();
	return { from, to: Math.min(from + days * DAY, end) };
}

/** Expects the limits by the wall clock from one second to another, and gives the charger’s. */
export function expectTheTariff(
	tariff: Tariff,
	profiles: ChargingProfile[],
	from: number,
	to: number,
) {
	const composite = preview(tariff, profiles, from, to);
	expect(from).toBeLessThan(to);
	const moments = new Set<number>();
	for (let moment = from; moment < to; moment += STEP - (moment % STEP)) moments.add(moment);
	for (const change of composite.changes) {
		for (const near of [change - 1, change, change + 1]) {
			if (from <= near && near < to) moments.add(near);
		}
	}
	const wrong = [...moments]
		.filter((second) => composite.at(second).limit !== naiveTariffLimit(tariff, second))
		.map((second) => ({
			local: DateTime.fromSeconds(second, { zone: tariff.zone }).toISO(),
			limit: composite.at(second).limit,
			expected: naiveTariffLimit(tariff, second),
		}));
	expect(wrong.slice(0, 3)).toEqual([]);
	return composite;
}

/** What a charger keeps that has one profile for each purpose and stack level. */
export const keptByLevel = (profiles: readonly ChargingProfile[]) => [
	...new Map(profiles.map((profile) => [profile.stackLevel, profile])).values(),
];

const second = (time: string | undefined, otherwise: number) =>
	time === undefined ? otherwise : Date.parse(time);

/** Whether two profiles of one purpose break K01.FR.06: they have one stack level and are valid at the same time. */
export const clash = (a: ChargingProfile, b: ChargingProfile) =>
	a.id !== b.id &&
	a.stackLevel === b.stackLevel &&
	second(a.validFrom, -Infinity) < second(b.validTo, Infinity) &&
	second(b.validFrom, -Infinity) < second(a.validTo, Infinity);

/** The profiles of a tariff; undefined if they are refused. */
export function built(tariff: Tariff): TariffSchedule | undefined {
	try {
		return buildTariffProfiles(tariff);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		expect(error.message).toMatch(/^The windows do not fit/);
		return undefined;
	}
}

/** Builds a tariff again and again, some days later each time, and sends its profiles one by one. */
export function expectReplacement(tariff: Tariff, daysLater: readonly number[]): void {
	let held = built(tariff)?.profiles ?? [];
	let { startMs } = tariff;
	for (const days of daysLater) {
		const step = typeof tariff.mode === 'object' ? days % tariff.mode.days : days;
		startMs += step * DAY * 1000;
		const later = { ...tariff, startMs };
		const schedule = built(later);
		if (schedule === undefined) return;
		for (const profile of schedule.profiles) {
			held = [...held.filter(({ id }) => id !== profile.id), profile];
			expect(held.filter((other) => clash(profile, other))).toEqual([]);
		}
		const { from, to } = useOf(later, schedule.sendAgainBefore, 3);
		expectTheTariff(later, held, from, to);
	}
}
