import { station } from '../../../shared/node/fields/station';
import type { Command } from '../../../shared/node/operation';
import { CLEAR_SENTENCES, prepareClear } from '../../clearProfile';
import { stationClearFields } from '../../fields/clear';

/** API operation `clearStationChargingProfile`; OCPP 2.0.1 ClearChargingProfile (K10). */
export const clearProfile: Command = {
	type: 'command',
	name: 'Clear',
	value: 'clearProfile',
	action: 'Clear charging profiles of charging station',
	description: 'Remove one, some or all charging profiles of the charging station',
	fields: [station, { properties: stationClearFields }],
	prepare: (parameters) => prepareClear(parameters, { stationId: station.read(parameters) }),
	sentences: CLEAR_SENTENCES,
};
