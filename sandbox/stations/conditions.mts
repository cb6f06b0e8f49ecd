import type { ChargingProfile } from '../../nodes/shared/charging/profile/profile.ts';

/** The state that a profile's condition is about. */
export interface ConditionState {
	/** Connected to the cloud. */
	online: boolean;
	/** A session that nobody has authorized is on. */
	unauthorizedSession: boolean;
}

const CONDITIONS: Record<string, (state: ConditionState) => boolean> = {
	whenNoCloudConnection: ({ online }) => !online,
	whenSessionNotAuthorized: ({ unauthorizedSession }) => unauthorizedSession,
};

/** The vendor's conditions that a profile carries in its customData and that are set to true. */
export function conditionsOf({ customData }: ChargingProfile): string[] {
	const condition = customData?.condition;
	if (typeof condition !== 'object' || condition === null) return [];
	return Object.entries(condition)
		.filter(([, set]) => set === true)
		.map(([name]) => name);
}

export function isKnownCondition(name: string): boolean {
	return Object.hasOwn(CONDITIONS, name);
}

/** Whether a profile counts now: without a condition always, else only while all of them hold. */
export function holds(profile: ChargingProfile, state: ConditionState): boolean {
	return conditionsOf(profile).every((name) => CONDITIONS[name](state));
}
