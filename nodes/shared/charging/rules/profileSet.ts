import { isObject } from '../base/isObject';
import { PURPOSES, type ChargingProfilePurpose } from '../profile/profile';
import { PURPOSE_NAMES } from '../profile/purposeNames';
import type { Finding } from './finding';

/** A charging profile among others, and where it is, as far as that is known. */
export interface PlacedProfile {
	/** Any JSON; a profile whose ID, purpose, stack level or validity cannot be used is left to the other rules. */
	profile: unknown;
	stationId?: string;
	/** 0 is the whole station. For a connector whose ID is not a number, that ID as a text. */
	evseId?: number | string;
	/** How messages name it, at the beginning of a sentence: "Profile 8 (item 2)". */
	name: string;
}

/** A finding on a profile that only exists because of another profile. Both are indexes in the list of profiles. */
export interface SetFinding {
	index: number;
	other: number;
	finding: Finding;
}

/** What is compared of a profile. */
interface Facts {
	index: number;
	evseId?: number | string;
	purpose: ChargingProfilePurpose;
	stackLevel: unknown;
	transactionId: unknown;
	/** Epoch milliseconds; infinite if it is valid from or to any time. */
	fromMs: number;
	toMs: number;
	/** Profiles with different keys never concern each other. */
	key: string;
	/** Profiles with the same one replace each other. */
	identity: string;
}

/**
 * Checks profiles that are on a charger together, in the order in which they are set (OCPP 2.0.1 K01.FR.05, .06, .39,
 * .52, .53). Where two clash, the later one has a finding on the first that it clashes with, and the earlier one too,
 * unless it has one already. A profile with the ID of an earlier one replaces it, so only the last of them counts.
 *
 * Profiles of which nobody says where they are may be for different EVSEs, so these findings are only warnings.
 */
export function checkProfileSet(profiles: readonly PlacedProfile[]): SetFinding[] {
	const findings: SetFinding[] = [];
	const named = new Set<number>();
	const report = (earlier: Facts, later: Facts, clash: Clash) => {
		const { describe, ...rest } = clash;
		const add = (index: number, other: number) => {
			named.add(index);
			const message = describe(profiles[other].name);
			findings.push({ index, other, finding: { ...rest, message } });
		};
		add(later.index, earlier.index);
		if (!named.has(earlier.index)) add(earlier.index, later.index);
	};

	const facts = profiles.flatMap((placed, index) => factsOf(placed, index) ?? []);
	const last = new Map<string, Facts>();
	for (const one of facts) {
		const replaced = last.get(one.identity);
		if (replaced) report(replaced, one, SAME_ID);
		last.set(one.identity, one);
	}
	const groups = new Map<string, Facts[]>();
	for (const one of facts) {
		if (last.get(one.identity) !== one) continue;
		const earlier = groups.get(one.key) ?? [];
		const found = firstClash(earlier, one);
		if (found) report(found.earlier, one, found.clash);
		earlier.push(one);
		groups.set(one.key, earlier);
	}
	return findings.sort((a, b) => a.index - b.index);
}

interface Clash extends Omit<Finding, 'message'> {
	/** @param other how the message names the other profile */
	describe(other: string): string;
}

const duplicate = (
	requirement: string,
	severity: Finding['severity'],
	describe: Clash['describe'],
): Clash => ({
	severity,
	path: 'stackLevel',
	requirement,
	reasonCode: 'DuplicateProfile',
	describe,
});

const SAME_ID: Clash = {
	severity: 'warning',
	path: 'id',
	requirement: 'K01.FR.05',
	reasonCode: 'DuplicateProfile',
	describe: (other) =>
		`${other} has the same ID: on a charging station, the one that is set later replaces the other, even if that is for another EVSE.`,
};

/** The first error among the earlier profiles, or else the first warning. */
function firstClash(earlier: readonly Facts[], later: Facts) {
	let doubtful: { earlier: Facts; clash: Clash } | undefined;
	for (const one of earlier) {
		const clash = clashOf(one, later);
		if (clash?.severity === 'error') return { earlier: one, clash };
		if (clash && !doubtful) doubtful = { earlier: one, clash };
	}
	return doubtful;
}

/** How two profiles of the same purpose and stack level clash. */
function clashOf(earlier: Facts, later: Facts): Clash | undefined {
	const isTogether = earlier.fromMs < later.toMs && later.fromMs < earlier.toMs;
	// These requirements say nothing of validity, but K01.FR.06 allows profiles that are valid one after the other.
	const severity = isTogether ? 'error' : 'warning';
	const after = isTogether ? '' : ', even if they are valid one after the other';
	const { purpose, stackLevel, evseId } = later;
	const level = `stack level ${String(stackLevel)}`;
	if (purpose === 'TxProfile' && later.transactionId !== undefined) {
		return duplicate(
			'K01.FR.39',
			severity,
			(other) =>
				`${other} is for the same transaction on ${level}: a charger ${isTogether ? 'refuses' : 'may refuse'} the second one${after}. Choose another stack level.`,
		);
	}
	if (earlier.evseId === evseId) {
		if (!isTogether) return undefined;
		const isPlaced = evseId !== undefined;
		const where = isPlaced
			? `, also for ${evseId === 0 ? 'the whole station' : `EVSE ${evseId}`}`
			: '';
		return duplicate(
			'K01.FR.06',
			isPlaced ? 'error' : 'warning',
			(other) =>
				`${other} is a ${PURPOSE_NAMES[purpose]} on ${level} too${where}, and both are valid at the same time: a charger refuses the second one${isPlaced ? '' : ' if they are for the same EVSE'}. Choose another stack level, or let one end (validTo) before the other is valid (validFrom).`,
		);
	}
	if (purpose !== 'TxDefaultProfile' || (earlier.evseId !== 0 && evseId !== 0)) return undefined;
	if (earlier.evseId === undefined || evseId === undefined) return undefined;
	return duplicate(
		evseId === 0 ? 'K01.FR.52' : 'K01.FR.53',
		severity,
		(other) =>
			`${other} is a ${PURPOSE_NAMES[purpose]} on ${level} too: a charger ${isTogether ? 'refuses' : 'may refuse'} one for the whole station together with one for an EVSE${after}. Choose another stack level.`,
	);
}

/** A validity limit in epoch milliseconds; undefined if it is not a time. */
function momentOf(time: unknown, absent: number): number | undefined {
	if (time === undefined) return absent;
	const ms = typeof time === 'string' ? Date.parse(time) : NaN;
	return Number.isNaN(ms) ? undefined : ms;
}

function factsOf({ profile, stationId, evseId }: PlacedProfile, index: number): Facts | undefined {
	if (!isObject(profile)) return undefined;
	const { id, stackLevel, chargingProfilePurpose, validFrom, validTo } = profile;
	const purpose = PURPOSES.find((known) => known === chargingProfilePurpose);
	const [fromMs, toMs] = [momentOf(validFrom, -Infinity), momentOf(validTo, Infinity)];
	if (purpose === undefined || fromMs === undefined || toMs === undefined) return undefined;
	if (fromMs >= toMs) return undefined;
	if (!Number.isInteger(id) || !Number.isInteger(stackLevel) || Number(stackLevel) < 0) {
		return undefined;
	}
	const transactionId = purpose === 'TxProfile' ? profile.transactionId : undefined;
	return {
		...{ index, evseId, purpose, stackLevel, transactionId, fromMs, toMs },
		key: JSON.stringify([stationId, purpose, stackLevel, transactionId]),
		identity: JSON.stringify([stationId, id]),
	};
}
