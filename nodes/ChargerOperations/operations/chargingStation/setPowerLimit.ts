import { powerLimit } from '../../../shared/node/fields/powerLimit';
import { station } from '../../../shared/node/fields/station';
import { stations } from '../../../shared/node/fields/stations';
import type { Command } from '../../../shared/node/operation';
import { SET_LIMIT_SENTENCES } from '../../../shared/node/sentences';

/** API operation `setStationPowerLimit`. */
export const setPowerLimit: Command<'setStationPowerLimit'> = {
	type: 'command',
	name: 'Set Power Limit',
	value: 'setPowerLimit',
	action: 'Set power limit on charging station',
	description: 'Limit the whole charging station; its active transactions share the limit',
	fields: [stations, powerLimit],
	prepare(parameters) {
		const stationId = station.read(parameters);
		const { limit, query, words, hint } = powerLimit.read(parameters);
		return {
			request: { endpoint: 'setStationPowerLimit', path: { stationId }, query, body: { limit } },
			target: { stationId, limit, ...query },
			action: `set the power limit of ${words} on ${stationId}`,
			hint,
		};
	},
	sentences: SET_LIMIT_SENTENCES,
};
