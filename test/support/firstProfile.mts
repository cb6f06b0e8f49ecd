/** A TxProfile of 20 kW as a start takes it. */
export const firstProfile = (changes: Record<string, unknown> = {}) => ({
	id: 7,
	stackLevel: 0,
	chargingProfilePurpose: 'TxProfile',
	chargingProfileKind: 'Relative',
	chargingSchedule: [
		{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 20_000 }] },
	],
	...changes,
});
