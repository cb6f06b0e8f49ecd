import { commonOptions } from '../../shared/node/fields/options';
import { transaction } from '../../shared/node/fields/transaction';
import type { Command } from '../../shared/node/operation';
import { CLEAR_LIMIT_SENTENCES } from '../../shared/node/sentences';

/** API operation `clearTransactionPowerLimit`. */
export const clearPowerLimit: Command<'clearTransactionPowerLimit'> = {
	type: 'command',
	name: 'Clear Power Limit',
	value: 'clearPowerLimit',
	action: 'Clear power limit of transaction',
	description: 'Lift the power limit of one charging transaction',
	fields: [transaction, commonOptions],
	prepare(parameters) {
		const txId = transaction.read(parameters);
		return {
			request: { endpoint: 'clearTransactionPowerLimit', path: { txId } },
			target: { txId },
			action: `clear the power limit of transaction ${txId}`,
		};
	},
	sentences: CLEAR_LIMIT_SENTENCES,
};
