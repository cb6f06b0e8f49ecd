import {
	simplifyTransaction,
	TRANSACTION_IDS,
	transactionIn,
	withConnectorName,
} from '../../shared/chargeye/transactions';
import { outputOf } from '../../shared/node/fields/output';
import { TRANSACTION_FIELDS } from '../../shared/node/fields/transactionFields';
import type { LookUp } from '../../shared/node/operation';
import { chosenTransaction } from './chosenTransaction';

const output = outputOf({
	simplify: simplifyTransaction,
	complete: withConnectorName,
	ids: TRANSACTION_IDS,
	fields: TRANSACTION_FIELDS,
});

/** API operation `getTransaction`. */
export const get: LookUp<'getTransaction'> = {
	type: 'lookUp',
	name: 'Get',
	value: 'get',
	action: 'Get transaction',
	description: 'Look up one charging transaction: its status, its energy and its times',
	fields: [chosenTransaction, output],
	prepare(parameters) {
		const { narrow, hint } = output.read(parameters);
		return chosenTransaction.prepare(parameters, ({ txId }) => ({
			request: { endpoint: 'getTransaction', path: { txId } },
			items: (body) => [narrow(transactionIn(body))],
			hint,
		}));
	},
};
