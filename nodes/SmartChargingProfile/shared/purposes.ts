import type { ChargingProfilePurpose } from '../../shared/charging/profile/profile';
import type { Option } from '../../shared/node/fields/kinds/option';

/** What a profile limits, in an operator's words and with OCPP's names. */
const PURPOSES: Record<ChargingProfilePurpose, { name: string; description: string }> = {
	ChargingStationExternalConstraints: {
		name: 'External Constraints',
		description:
			'ChargingStationExternalConstraints: a limit from outside, such as the grid operator’s',
	},
	ChargingStationMaxProfile: {
		name: 'Charging Station Maximum',
		description:
			'ChargingStationMaxProfile: the most that all connectors of the station may draw together. A station’s power limit is one too, with stack level 0: a higher one overrules it. Some chargers’ memory wears when it is set often.',
	},
	TxDefaultProfile: {
		name: 'Transaction Default',
		description:
			'TxDefaultProfile: each connector by itself, in every transaction that has no profile of its own, now and later',
	},
	TxProfile: {
		name: 'Transaction',
		description: 'TxProfile: the running transaction alone, in place of the default',
	},
};

type PurposeOptions = ReadonlyArray<Option<ChargingProfilePurpose>>;

const optionsWithout = (purpose?: ChargingProfilePurpose): PurposeOptions =>
	(Object.keys(PURPOSES) as ChargingProfilePurpose[])
		.filter((value) => value !== purpose)
		.map((value) => ({ value, ...PURPOSES[value] }));

export const ALL_PURPOSES = optionsWithout();

/** The purposes for a whole station: a TxProfile is for one EVSE only (K01.FR.16). */
export const STATION_PURPOSES = optionsWithout('TxProfile');

/** The purposes for one connector: a ChargingStationMaxProfile is for the whole station only (K01.FR.38). */
export const CONNECTOR_PURPOSES = optionsWithout('ChargingStationMaxProfile');

export type { PurposeOptions };
