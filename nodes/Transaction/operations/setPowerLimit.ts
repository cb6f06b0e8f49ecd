import { powerLimit } from '../../shared/node/fields/powerLimit';
import { transaction } from '../../shared/node/fields/transaction';
import type { Command } from '../../shared/node/operation';
import { SET_LIMIT_SENTENCES } from '../../shared/node/sentences';

/** API operation `setTransactionPowerLimit`. */
export const setPowerLimit: Command<'setTransactionPowerLimit'> = {
	type: 'command',
	name: 'Set Power Limit',
	value: 'setPowerLimit',
	action: 'Set power limit on transaction',
	description: 'Limit one charging transaction until it ends',
	fields: [transaction, powerLimit],
	prepare(parameters) {
		const txId = transaction.read(parameters);
		const { limit, query, words, hint } = powerLimit.read(parameters);
		return {
			request: { endpoint: 'setTransactionPowerLimit', path: { txId }, query, body: { limit } },
			target: { txId, limit, ...query },
			action: `set the power limit of ${words} on transaction ${txId}`,
			hint,
		};
	},
	sentences: SET_LIMIT_SENTENCES,
};
