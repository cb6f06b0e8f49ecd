import type { ClockChange } from '../base/clocks';
import { utcText } from '../base/timeTexts';
import type { LeftOver } from '../capacity/leftOver';
import { buildProfile } from '../profile/buildProfile';
import { scheduleParts } from '../profile/chargingDetails';
import type { ChargingProfile } from '../profile/profile';
import { planTariff, RESERVED_IDS } from './fit';
import type { PlannedProfile } from './planned';
import { refuse } from './refusal';
import type { Tariff } from './tariff';

/** A tariff as charging profiles, in the order in which to send them. */
export interface TariffSchedule {
	profiles: ChargingProfile[];
	/** The stack levels of the profiles, ascending. */
	stackLevels: number[];
	/** The coming clock changes that the profiles take into account. */
	changes: readonly ClockChange[];
	/** What former builds may have left; undefined if that has no bounds, because the capacity is unlimited. */
	clearBefore?: LeftOver;
	/** Those of these levels that the new profiles do not use, and on which they replace nothing; undefined if none. */
	clearAfter?: Pick<LeftOver, 'chargingProfilePurpose' | 'stackLevels'>;
	/** When the last profile ends and new ones are needed (UTC); undefined if it never ends. */
	sendAgainBefore?: string;
}

/** @param used the stack levels of the new profiles */
function leftOver(
	{ identity, capacity }: Tariff,
	used: readonly number[],
): Pick<TariffSchedule, 'clearBefore' | 'clearAfter'> {
	if (capacity.levels === Infinity) return {};
	const levels = Array.from(
		{ length: capacity.levels - identity.stackLevel },
		(_, above) => identity.stackLevel + above,
	);
	const unused = levels.filter((level) => !used.includes(level));
	const stackLevels = capacity.sameLevelReplaces ? unused : levels;
	if (stackLevels.length === 0) return {};
	const chargingProfilePurpose = identity.purpose;
	return {
		clearBefore: {
			chargingProfilePurpose,
			stackLevels,
			idFrom: identity.id,
			idTo: identity.id + RESERVED_IDS - 1,
		},
		...(unused.length > 0 && { clearAfter: { chargingProfilePurpose, stackLevels: unused } }),
	};
}

/** When a profile begins to be valid, in epoch seconds. */
const beginOf = ({ validFrom = -Infinity }: PlannedProfile): number => validFrom;

/**
 * Builds the charging profiles of a tariff. At every moment while they are valid, the windows that include the local
 * clock time set the limit: times that a clock change skips are left out, and times that it repeats occur twice.
 * @throws InputError if the profiles do not fit the charger
 */
export function buildTariffProfiles(tariff: Tariff): TariffSchedule {
	const { unit, identity, details } = tariff;
	const planned = planTariff(tariff) ?? refuse(tariff);
	// The current ones come last: a charger that keeps one profile per stack level then keeps them.
	const profiles = [...planned.profiles]
		.sort((a, b) => beginOf(b) - beginOf(a) || 0)
		.map(({ id, level, recurrencyKind, validFrom, validTo, start, duration, periods }) =>
			buildProfile({
				id: identity.id + id,
				stackLevel: identity.stackLevel + level,
				purpose: identity.purpose,
				kind: recurrencyKind === undefined ? 'Absolute' : 'Recurring',
				recurrencyKind,
				startSchedule: utcText(start),
				chargingRateUnit: unit,
				...scheduleParts(periods, duration, details),
				ofProfile: {
					...(validFrom !== undefined && { validFrom: utcText(validFrom) }),
					...(validTo !== undefined && { validTo: utcText(validTo) }),
				},
			}),
		);
	const stackLevels = [...new Set(profiles.map((profile) => profile.stackLevel))];
	stackLevels.sort((a, b) => a - b);
	return {
		profiles,
		stackLevels,
		changes: planned.changes,
		...leftOver(tariff, stackLevels),
		...(planned.until !== undefined && { sendAgainBefore: utcText(planned.until) }),
	};
}
