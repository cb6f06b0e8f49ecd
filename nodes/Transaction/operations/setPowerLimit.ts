import { powerLimitFields, readPowerLimit } from '../../shared/node/fields/powerLimit';
import { readTxId, transactionField } from '../../shared/node/fields/transaction';
import type { Command } from '../../shared/node/operation';
import { SET_LIMIT_SENTENCES } from '../../shared/node/sentences';

/** API operation `setTransactionPowerLimit`. */
export const setPowerLimit: Command = {
	type: 'command',
	name: 'Set Power Limit',
	value: 'setPowerLimit',
	action: 'Set power limit on transaction',
	description: 'Limit one charging transaction until it ends',
	fields: [transactionField, ...powerLimitFields],
	prepare(parameters) {
		const txId = readTxId(parameters);
		const { limit, query, words, hint } = readPowerLimit(parameters);
		return {
			request: { endpoint: 'setTransactionPowerLimit', path: { txId }, query, body: { limit } },
			target: { txId, limit, ...query },
			action: `set the power limit of ${words} on transaction ${txId}`,
			hint,
		};
	},
	sentences: SET_LIMIT_SENTENCES,
};
