import type { ChargingProfilePurpose } from '../profile/profile';

/** Profiles that former builds with other windows or prices may have left, and that the new ones do not replace. */
export interface LeftOver {
	chargingProfilePurpose: ChargingProfilePurpose;
	/** Every level that such profiles can have, ascending. */
	stackLevels: number[];
	/** The lowest ID that they can have. */
	idFrom: number;
	/** The highest ID that they can have. */
	idTo: number;
}
