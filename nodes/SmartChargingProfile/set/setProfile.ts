import type { BodyOf, QueryOf } from '../../shared/chargeye/contract';
import { connector, pathOf } from '../../shared/node/fields/connector';
import { station } from '../../shared/node/fields/station';
import { stations } from '../../shared/node/fields/stations';
import type { Command, PreparedCommand, Sentences } from '../../shared/node/operation';
import { CONNECTOR_PURPOSES, STATION_PURPOSES } from '../shared/purposes';
import { profileForm, type ProfileToSet } from './profileForm';

/** The common parts of both Set operations: the content of the request, and the rest of the command. */
interface PreparedSet {
	content: {
		query?: QueryOf<'setStationChargingProfile'>;
		body: BodyOf<'setStationChargingProfile'>;
	};
	command: Omit<PreparedCommand, 'request'>;
}

function prepareSet(
	target: { stationId: string; connectorId?: string },
	{ chargingProfile, comment, warnings, toPlace }: ProfileToSet,
): PreparedSet {
	const { stationId, connectorId } = target;
	const where = connectorId === undefined ? stationId : `connector ${connectorId} of ${stationId}`;
	return {
		content: {
			...(comment !== undefined && { query: { comment } }),
			body: { chargingProfile },
		},
		command: {
			target: { ...target, chargingProfile, ...(warnings.length > 0 && { warnings }) },
			action: `set the charging profile on ${where}`,
			...(warnings.length > 0 && { hint: warnings.join(' ') }),
			profile: toPlace,
		},
	};
}

const SENTENCES: Sentences<'setStationChargingProfile'> = {
	Accepted: 'The charger accepted the charging profile.',
};

const stationProfile = profileForm(STATION_PURPOSES, 'ChargingStationMaxProfile');

/** API operation `setStationChargingProfile`; OCPP 2.0.1 SetChargingProfile (K01) for EVSE 0. */
export const setStationProfile: Command<'setStationChargingProfile'> = {
	type: 'command',
	name: 'Set',
	value: 'setProfile',
	action: 'Set charging profile on charging station',
	description: 'Send a charging profile for the whole charging station',
	fields: [stations, stationProfile],
	prepare(parameters, item) {
		const target = { stationId: station.read(parameters) };
		const { content, command } = prepareSet(target, stationProfile.read(parameters, item, 0));
		return {
			request: { endpoint: 'setStationChargingProfile', path: target, ...content },
			...command,
		};
	},
	sentences: SENTENCES,
};

const connectorProfile = profileForm(CONNECTOR_PURPOSES, 'TxDefaultProfile');

/** API operation `setConnectorChargingProfile`; OCPP 2.0.1 SetChargingProfile (K01) for one EVSE. */
export const setConnectorProfile: Command<'setConnectorChargingProfile'> = {
	type: 'command',
	name: 'Set',
	value: 'setProfile',
	action: 'Set charging profile on connector',
	description: 'Send a charging profile for one connector or its running transaction',
	fields: [connector, connectorProfile],
	prepare(parameters, item) {
		const target = connector.read(parameters);
		const profile = connectorProfile.read(parameters, item, target.connectorId);
		const { content, command } = prepareSet(target, profile);
		return {
			request: { endpoint: 'setConnectorChargingProfile', path: pathOf(target), ...content },
			...command,
		};
	},
	sentences: SENTENCES,
};
