import { commonOptions } from '../../shared/node/fields/options';
import type { Command } from '../../shared/node/operation';
import { chosenTransaction } from './chosenTransaction';

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
	fields: [chosenTransaction, commonOptions],
	prepare: (parameters) =>
		chosenTransaction.prepare(parameters, (chosen) => ({
			request: { endpoint: 'stopTransaction', path: { txId: chosen.txId } },
			target: chosen,
			action: `stop transaction ${chosen.txId}`,
		})),
	sentences: { Accepted: 'The charger ends the transaction.' },
};
