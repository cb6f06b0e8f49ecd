import { commonOptions } from '../../shared/node/fields/options';
import type { Command } from '../../shared/node/operation';
import { CLEAR_LIMIT_SENTENCES } from '../../shared/node/sentences';
import { chosenTransaction } from './chosenTransaction';

/** API operation `clearTransactionPowerLimit`. */
export const clearPowerLimit: Command<'clearTransactionPowerLimit'> = {
	type: 'command',
	name: 'Clear Power Limit',
	value: 'clearPowerLimit',
	action: 'Clear power limit of transaction',
	description: 'Remove the power limit of one charging transaction',
	fields: [chosenTransaction, commonOptions],
	prepare: (parameters) =>
		chosenTransaction.prepare(parameters, (chosen) => ({
			request: { endpoint: 'clearTransactionPowerLimit', path: { txId: chosen.txId } },
			target: chosen,
			action: `clear the power limit of transaction ${chosen.txId}`,
		})),
	sentences: CLEAR_LIMIT_SENTENCES,
};
