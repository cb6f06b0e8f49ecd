// What limits a station or a connector.
import { dateAndTime, timeOfDay } from './units.mjs';

const DAY_MS = 24 * 60 * 60 * 1000;

const targetOf = ({ purpose, evseId }) => {
	if (purpose === 'TxProfile') return 'the transaction';
	return evseId === 0 ? 'the station' : 'the connector';
};

/**
 * A limit in words, such as “by the power limit of the station: profile 3000, ChargingStationMaxProfile, stack level 0”.
 * @param source what limits, or null: no profile does
 * @param time now, epoch ms
 */
export function limitedBy(source, time) {
	if (source === null) return 'by the limits of its connectors';
	const { purpose, profileId, stackLevel, isPowerLimit, until } = source;
	const setter = isPowerLimit ? 'the power limit' : 'a charging profile';
	const end =
		until === null ? '' : `, until ${(until - time < DAY_MS ? timeOfDay : dateAndTime)(until)}`;
	return (
		`by ${setter} of ${targetOf(source)}: ` +
		`profile ${profileId}, ${purpose}, stack level ${stackLevel}${end}`
	);
}

/** Why a car does not get more power, by `powerLimitation`. */
export const REASONS = {
	Charger: 'The connector gives no more',
	Grid: 'The limit allows no more',
	Queue: 'Waits for its turn to charge',
	Shared: 'Shares the station’s power with others',
	Vehicle: 'The car takes no more',
};
