import type { ChargingProfilePurpose } from './profile';

/** What a profile limits, in an operator’s words: in forms and in charts. */
export const PURPOSE_NAMES: Readonly<Record<ChargingProfilePurpose, string>> = {
	ChargingStationExternalConstraints: 'External Constraints',
	ChargingStationMaxProfile: 'Charging Station Maximum',
	TxDefaultProfile: 'Transaction Default',
	TxProfile: 'Transaction',
};
