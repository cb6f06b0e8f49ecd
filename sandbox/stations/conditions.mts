import type { ChargingProfile } from '../../nodes/shared/charging/profile/profile.ts';

/** The state that profile conditions refer to. */
export interface ConditionState {
	/** Connected to the cloud. */
	online: boolean;
	/** A transaction that nobody has authorized is running. */
	unauthorizedSession: boolean;
}

const CONDITIONS: Record<string, (state: ConditionState) => boolean> = {
	whenNoCloudConnection: ({ online }) => !online,
	whenSessionNotAuthorized: ({ unauthorizedSession }) => unauthorizedSession,
};

/** The vendor's conditions in a profile's customData that are set to true. */
export function conditionsOf({ customData }: ChargingProfile): string[] {
	const condition = customData?.condition;
	if (typeof condition !== 'object' || condition === null) return [];
	return Object.entries(condition)
		.filter(([, set]) => set === true)
		.map(([name]) => name);
}

/** The conditions that a station watches. */
export const KNOWN_CONDITIONS = Object.keys(CONDITIONS);

export const isKnownCondition = (name: string): boolean => KNOWN_CONDITIONS.includes(name);

/** Whether a profile applies now: always without conditions, else only while all of them are met. */
export function isInForce(profile: ChargingProfile, state: ConditionState): boolean {
	return conditionsOf(profile).every((name) => CONDITIONS[name](state));
}
