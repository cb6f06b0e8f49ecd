import { PURPOSES, type ChargingProfilePurpose } from '../../shared/charging/profile/profile';
import { PURPOSE_NAMES } from '../../shared/charging/profile/purposeNames';
import type { Option } from '../../shared/node/fields/kinds/option';

/** What a profile limits, then OCPP’s name for it. */
const DESCRIPTIONS: Record<ChargingProfilePurpose, string> = {
	ChargingStationExternalConstraints:
		'A limit from outside, such as the grid operator’s (ChargingStationExternalConstraints)',
	ChargingStationMaxProfile:
		'The most that all connectors of the station may draw together (ChargingStationMaxProfile). A station’s power limit is one too, with stack level 0: a higher one overrules it. Some chargers’ memory wears when it is set often.',
	TxDefaultProfile:
		'Each connector by itself, in every transaction that has no profile of its own, now and later (TxDefaultProfile)',
	TxProfile: 'The running transaction alone, in place of the default (TxProfile)',
};

type PurposeOptions = ReadonlyArray<Option<ChargingProfilePurpose>>;

const optionsWithout = (purpose?: ChargingProfilePurpose): PurposeOptions =>
	PURPOSES.filter((value) => value !== purpose).map((value) => ({
		value,
		name: PURPOSE_NAMES[value],
		description: DESCRIPTIONS[value],
	}));

export const ALL_PURPOSES = optionsWithout();

/** The purposes for a whole station: a TxProfile is for one EVSE only (K01.FR.16). */
export const STATION_PURPOSES = optionsWithout('TxProfile');

/** The purposes for one connector: a ChargingStationMaxProfile is for the whole station only (K01.FR.38). */
export const CONNECTOR_PURPOSES = optionsWithout('ChargingStationMaxProfile');

export type { PurposeOptions };
