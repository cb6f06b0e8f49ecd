import type { RateUnit } from '../../nodes/shared/charging/profile/profile.ts';

/** A limit in a unit of the station. */
export interface RateLimit {
	unit: RateUnit;
	limit: number;
}

/** What a power limit limits. */
export type LimitTarget =
	| { kind: 'station' }
	| { kind: 'connector'; evseId: number }
	| { kind: 'transaction'; evseId: number; txId: string };

/** The options of a power limit, with the API's names. */
export interface LimitOptions {
	chargingProfileId?: number;
	condition?: string;
	/** Seconds after charging starts. */
	relativeDelay?: number;
	stackLevel?: number;
}

/** A power limit that was sent to a station, which holds it unless the station answered otherwise. */
export interface SetLimit {
	target: LimitTarget;
	profileId: number;
	stackLevel: number;
	condition: string | undefined;
	/** Seconds after charging starts; undefined: at once. */
	delay: number | undefined;
	rate: RateLimit;
	/** Epoch ms. */
	setAt: number;
}

const FIRST_PROFILE_ID = 3000;
const TARGETS = 32;
const IDS_PER_TARGET = 71;

/** The power limits that a station holds, as far as the central system knows. IDs of profiles are unique within a station. */
export class SetLimits {
	#limits: SetLimit[] = [];

	all(): readonly SetLimit[] {
		return this.#limits;
	}

	/** Those of a target. */
	of(target: LimitTarget): SetLimit[] {
		return this.#limits.filter((limit) => isSame(limit.target, target));
	}

	/** Those in a profile. */
	inProfile(profileId: number): SetLimit[] {
		return this.#limits.filter((limit) => limit.profileId === profileId);
	}

	/**
	 * The profile for a limit without a given ID, 3000 to 5271: one for each target, condition and stack level. Limits that
	 * differ in their delay only share it, since OCPP allows one profile for each of these (K01.FR.06).
	 */
	profileIdFor(limit: Pick<SetLimit, 'target' | 'condition' | 'stackLevel'>): number {
		const first = defaultProfileId(limit);
		const isFree = (id: number): boolean =>
			this.inProfile(id).every(
				(held) =>
					isSame(held.target, limit.target) &&
					held.condition === limit.condition &&
					held.stackLevel === limit.stackLevel,
			);
		const ids = Array.from(
			{ length: TARGETS * IDS_PER_TARGET },
			(_, step) =>
				FIRST_PROFILE_ID + ((first - FIRST_PROFILE_ID + step) % (TARGETS * IDS_PER_TARGET)),
		);
		return ids.find(isFree) ?? first;
	}

	/** The limits that stay in the profile of a new one: of the same target with another delay. */
	besides(limit: SetLimit): SetLimit[] {
		return this.inProfile(limit.profileId).filter(
			(held) =>
				isSame(held.target, limit.target) &&
				held.stackLevel === limit.stackLevel &&
				held.condition === limit.condition &&
				held.delay !== limit.delay,
		);
	}

	/** What limits the same target on the next lower stack level, always and at once. */
	below({ target, stackLevel }: SetLimit): SetLimit | undefined {
		return this.of(target)
			.filter((held) => held.condition === undefined && held.delay === undefined)
			.filter((held) => held.stackLevel < stackLevel)
			.sort((a, b) => b.stackLevel - a.stackLevel)[0];
	}

	add(limit: SetLimit): void {
		this.#limits.push(limit);
	}

	/** Forgets limits that the station no longer holds. */
	forget(isGone: (limit: SetLimit) => boolean): void {
		this.#limits = this.#limits.filter((limit) => !isGone(limit));
	}
}

export const isSame = (a: LimitTarget, b: LimitTarget): boolean =>
	JSON.stringify(a) === JSON.stringify(b);

/** OCPP's EVSE of a target; 0 is the station. */
export const evseIdOf = (target: LimitTarget): number =>
	target.kind === 'station' ? 0 : target.evseId;

/** The first choice: one range per target, and within it one ID for each condition and stack level. */
export function defaultProfileId({
	target,
	condition,
	stackLevel,
}: Pick<SetLimit, 'target' | 'condition' | 'stackLevel'>): number {
	const slot = (evseIdOf(target) + (target.kind === 'transaction' ? TARGETS / 2 : 0)) % TARGETS;
	return FIRST_PROFILE_ID + slot * IDS_PER_TARGET + variantOf(condition, stackLevel);
}

/** 0 without condition on stack level 0; otherwise 1 to 70, depending on both. */
function variantOf(condition: string | undefined, stackLevel: number): number {
	if (condition === undefined && stackLevel === 0) return 0;
	let hash = 0;
	for (const character of `${condition ?? ''} ${stackLevel}`) {
		hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
	}
	return 1 + (hash % (IDS_PER_TARGET - 1));
}
