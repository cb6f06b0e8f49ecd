/** How many charging profiles a station takes, as its SmartChargingCtrlr tells. */
export interface StationCapacity {
	/** PeriodsPerSchedule: the most periods in a schedule. */
	periods: number;
	/** The stack levels are 0 to `levels` − 1, which is ProfileStackLevel. */
	levels: number;
	/** The maxLimit of Entries: the most profiles at once. */
	profiles: number;
	/**
	 * Which profile a new one replaces: the one with its ID (OCPP 2.0.1 K01.FR.05), or also each one with its purpose and
	 * stack level on the same EVSE, whenever they are valid (OCPP 1.6 section 5.16.3).
	 */
	replacesBy: 'id' | 'purposeAndStackLevel';
}

/** What a station takes if nobody says otherwise: more than any real one. */
export const AMPLE: StationCapacity = {
	periods: 300,
	levels: 2001,
	profiles: 1000,
	replacesBy: 'id',
};
