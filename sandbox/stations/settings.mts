/** How well a station keeps profiles and time. */
export interface StationSettings {
	/** Whether its charging profiles survive a reboot. */
	keepsProfilesAtReboot: boolean;
	/** How far its clock is ahead of the simulated time, s; less than 0 if it is behind. */
	clockOffsetS: number;
	/** How fast its clock goes wrong, in parts per million of the time that passes; less than 0 if it is slow. */
	clockDriftPpm: number;
	/** Whether it sets its clock right when the CSMS tells it the time: with each boot and heartbeat. */
	syncsClock: boolean;
}
