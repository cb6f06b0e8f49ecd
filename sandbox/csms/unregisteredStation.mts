import type { Location, StationAsset } from '../fleet.mts';
import type { CsmsMessages } from '../ocpp/messages.mts';
import { ConnectedStation } from './connectedStation.mts';
import type { TransactionRecords } from './transactionRecords.mts';

const NOT_REGISTERED: Location = {
	id: 'loc-not-registered',
	name: 'Not registered',
	address: '',
	city: '',
	country: '',
	timeZone: 'UTC',
};

/** More than most stations have, so that it limits none. */
const MAX_POWER_W = 400_000;
const MAX_CURRENT_A = 600;

/** OCPP's identifierString, of at most 48 characters. */
const STATION_ID = /^[\w*=:+|@.-]{1,48}$/;

/** Whether this can be the ID of a charging station. */
export const isStationId = (text: string): boolean => STATION_ID.test(text);

/**
 * A charging station that nobody has registered: what is known of it is what it reports. Its EVSEs are those whose status it
 * has sent, and it is taken for an AC station with three phases.
 */
export class UnregisteredStation extends ConnectedStation {
	constructor(stationId: string, transactions: TransactionRecords) {
		super(assetOf(stationId), transactions);
	}

	override onStatus(request: CsmsMessages['StatusNotification']['request']): Record<string, never> {
		const { evseId } = request;
		const { evses } = this.asset;
		// EVSE 0 is the station itself.
		if (evseId > 0 && !evses.some((evse) => evse.evseId === evseId)) {
			evses.push({
				evseId,
				connectorId: String(evseId),
				name: `EVSE ${evseId}`,
				connectorType: null,
				maxPowerW: MAX_POWER_W,
			});
			evses.sort((a, b) => a.evseId - b.evseId);
		}
		return super.onStatus(request);
	}
}

const assetOf = (stationId: string): StationAsset => ({
	stationId,
	name: stationId,
	model: 'Unknown',
	location: NOT_REGISTERED,
	currentType: 'AC',
	phases: 3,
	maxPowerW: MAX_POWER_W,
	maxCurrentA: MAX_CURRENT_A,
	acDcPowerRatio: 1,
	evses: [],
	formerSpelling: false,
});
