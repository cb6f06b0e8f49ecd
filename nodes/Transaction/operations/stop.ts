import { commonOptions } from '../../shared/node/fields/options';
import { transaction } from '../../shared/node/fields/transaction';
import type { Command } from '../../shared/node/operation';

/**
 * API operation `stopTransaction`; OCPP 2.0.1 RequestStopTransaction (F03). It is sent again only if it was surely not
 * carried out.
 */
export const stop: Command<'stopTransaction'> = {
	type: 'command',
	name: 'Stop',
	value: 'stop',
	action: 'Stop transaction',
	description: 'End a charging transaction',
	fields: [transaction, commonOptions],
	prepare(parameters) {
		const txId = transaction.read(parameters);
		return {
			request: { endpoint: 'stopTransaction', path: { txId } },
			target: { txId },
			action: `stop transaction ${txId}`,
		};
	},
	sentences: { Accepted: 'The charger ends the transaction.' },
};
