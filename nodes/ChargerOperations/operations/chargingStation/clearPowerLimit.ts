import { commonOptions } from '../../../shared/node/fields/options';
import { station } from '../../../shared/node/fields/station';
import { stations } from '../../../shared/node/fields/stations';
import type { Command } from '../../../shared/node/operation';
import { CLEAR_LIMIT_SENTENCES } from '../../../shared/node/sentences';

/** API operation `clearStationPowerLimit`. */
export const clearPowerLimit: Command<'clearStationPowerLimit'> = {
	type: 'command',
	name: 'Clear Power Limit',
	value: 'clearPowerLimit',
	action: 'Clear power limit of charging station',
	description: 'Remove the power limit of the whole charging station',
	fields: [stations, commonOptions],
	prepare(parameters) {
		const stationId = station.read(parameters);
		return {
			request: { endpoint: 'clearStationPowerLimit', path: { stationId } },
			target: { stationId },
			action: `clear the power limit of ${stationId}`,
		};
	},
	sentences: CLEAR_LIMIT_SENTENCES,
};
