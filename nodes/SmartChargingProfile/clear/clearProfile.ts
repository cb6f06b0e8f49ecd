import { connector } from '../../shared/node/fields/connector';
import { station } from '../../shared/node/fields/station';
import { stations } from '../../shared/node/fields/stations';
import type { Command, PreparedCommand, Sentences } from '../../shared/node/operation';
import { connectorClearing, stationClearing, type Clearing } from './criteria';

/** The API clears profiles by station only, also those of one connector. */
function prepareClear(
	target: { stationId: string; connectorId?: string },
	{ body, words, hint }: Clearing,
): PreparedCommand<'clearStationChargingProfile'> {
	const { stationId, connectorId } = target;
	const where = connectorId === undefined ? stationId : `connector ${connectorId} of ${stationId}`;
	return {
		request: { endpoint: 'clearStationChargingProfile', path: { stationId }, body },
		target: { ...target, ...body },
		action: `clear ${words} on ${where}`,
		...(hint !== undefined && { hint }),
	};
}

/** In OCPP, `Unknown` means that no profile matched (K10.FR.01), so the command’s aim is met anyway. */
const SENTENCES: Sentences<'clearStationChargingProfile'> = {
	Accepted: 'The charger cleared the matching charging profiles.',
	Unknown: 'The charger has no such charging profile: there was nothing to clear.',
};

/** API operation `clearStationChargingProfile`; OCPP 2.0.1 ClearChargingProfile (K10). */
export const clearStationProfile: Command<'clearStationChargingProfile'> = {
	type: 'command',
	name: 'Clear',
	value: 'clearProfile',
	action: 'Clear charging profiles of charging station',
	description: 'Remove one, some or all charging profiles of the charging station',
	fields: [stations, stationClearing],
	prepare: (parameters) =>
		prepareClear({ stationId: station.read(parameters) }, stationClearing.read(parameters)),
	sentences: SENTENCES,
};

/**
 * API operation `clearStationChargingProfile` with the connector as a criterion: the API has no such operation for
 * connectors. OCPP 2.0.1 ClearChargingProfile (K10).
 */
export const clearConnectorProfile: Command<'clearStationChargingProfile'> = {
	type: 'command',
	name: 'Clear',
	value: 'clearProfile',
	action: 'Clear charging profiles of connector',
	description: 'Remove some or all charging profiles that were set on the connector',
	fields: [connector, connectorClearing],
	prepare(parameters) {
		const target = connector.read(parameters);
		return prepareClear(target, connectorClearing.read(parameters, target.connectorId));
	},
	sentences: SENTENCES,
};
