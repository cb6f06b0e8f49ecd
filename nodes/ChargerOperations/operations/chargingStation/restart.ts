import { optionField } from '../../../shared/node/fields/kinds/option';
import { commonOptions } from '../../../shared/node/fields/options';
import { station } from '../../../shared/node/fields/station';
import type { Command } from '../../../shared/node/operation';

const restartType = optionField({
	label: 'When',
	name: 'restartType',
	options: [
		{
			name: 'Immediate',
			value: 'Immediate',
			description: 'Now: running transactions are ended',
		},
		{
			name: 'On Idle',
			value: 'OnIdle',
			description: 'As soon as no transaction is running',
		},
	],
	default: 'OnIdle',
	description: 'Whether to end running transactions, or to wait until they end',
});

/** API operation `restartStation`; OCPP 2.0.1 Reset (B11, B12). */
export const restart: Command<'restartStation'> = {
	type: 'command',
	name: 'Restart',
	value: 'restart',
	action: 'Restart charging station',
	description: 'Restart the charging station, now or when no transaction is running',
	fields: [station, restartType, commonOptions],
	prepare(parameters) {
		const stationId = station.read(parameters);
		const type = restartType.read(parameters);
		return {
			request: { endpoint: 'restartStation', path: { stationId }, body: { type } },
			target: { stationId, type },
			action: `restart ${stationId}`,
		};
	},
	sentences: {
		Accepted: 'The charger restarts now.',
		Scheduled:
			'The charger has scheduled the restart: it takes place when no transaction is running.',
	},
};
