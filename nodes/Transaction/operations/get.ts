import {
	simplifyTransaction,
	TRANSACTION_IDS,
	transactionIn,
} from '../../shared/chargeye/transactions';
import { outputFields, readOutput } from '../../shared/node/fields/output';
import { readTxId, transactionField } from '../../shared/node/fields/transaction';
import type { LookUp } from '../../shared/node/operation';

/** API operation `getTransaction`. */
export const get: LookUp = {
	type: 'lookUp',
	name: 'Get',
	value: 'get',
	action: 'Get transaction',
	description: 'Look up one charging transaction',
	fields: [transactionField, ...outputFields],
	prepare(parameters) {
		const txId = readTxId(parameters);
		const narrow = readOutput(parameters, simplifyTransaction, TRANSACTION_IDS);
		return {
			request: { endpoint: 'getTransaction', path: { txId } },
			items: (body) => [narrow(transactionIn(body))],
		};
	},
};
