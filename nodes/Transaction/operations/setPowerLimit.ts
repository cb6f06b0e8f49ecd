import { powerLimit } from '../../shared/node/fields/powerLimit';
import type { Command } from '../../shared/node/operation';
import { SET_LIMIT_SENTENCES } from '../../shared/node/sentences';
import { chosenTransaction } from './chosenTransaction';

/** API operation `setTransactionPowerLimit`. */
export const setPowerLimit: Command<'setTransactionPowerLimit'> = {
	type: 'command',
	name: 'Set Power Limit',
	value: 'setPowerLimit',
	action: 'Set power limit on transaction',
	description: 'Limit one charging transaction until it ends',
	fields: [chosenTransaction, powerLimit],
	prepare(parameters) {
		const { limit, query, words, hint } = powerLimit.read(parameters);
		return chosenTransaction.prepare(parameters, (chosen) => ({
			request: {
				endpoint: 'setTransactionPowerLimit',
				path: { txId: chosen.txId },
				query,
				body: { limit },
			},
			target: { ...chosen, limit, ...query },
			action: `set the power limit of ${words} on transaction ${chosen.txId}`,
			hint,
		}));
	},
	sentences: SET_LIMIT_SENTENCES,
};
