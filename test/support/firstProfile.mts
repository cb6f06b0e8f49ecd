/** A TxProfile of 20 kW for a start. */
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
