import { station } from '../../../shared/node/fields/station';
import type { Command } from '../../../shared/node/operation';
import { profileFields } from '../../fields/profile';
import { STATION_PURPOSES } from '../../fields/purposes';
import { prepareSet, SET_SENTENCES } from '../../setProfile';

/** API operation `setStationChargingProfile`; OCPP 2.0.1 SetChargingProfile (K01) for EVSE 0. */
export const setProfile: Command = {
	type: 'command',
	name: 'Set',
	value: 'setProfile',
	action: 'Set charging profile on charging station',
	description: 'Send a charging profile for the whole charging station',
	fields: [station, { properties: profileFields(STATION_PURPOSES, 'ChargingStationMaxProfile') }],
	prepare(parameters) {
		const path = { stationId: station.read(parameters) };
		const { content, command } = prepareSet(parameters, path);
		return { request: { endpoint: 'setStationChargingProfile', path, ...content }, ...command };
	},
	sentences: SET_SENTENCES,
};
