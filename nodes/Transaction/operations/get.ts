import {
	simplifyTransaction,
	TRANSACTION_IDS,
	transactionIn,
	withConnectorName,
} from '../../shared/chargeye/transactions';
import { outputOf } from '../../shared/node/fields/output';
import { transaction } from '../../shared/node/fields/transaction';
import { TRANSACTION_FIELDS } from '../../shared/node/fields/transactionFields';
import type { LookUp } from '../../shared/node/operation';

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
	description: 'Look up one charging transaction',
	fields: [transaction, output],
	prepare(parameters) {
		const txId = transaction.read(parameters);
		const { narrow, hint } = output.read(parameters);
		return {
			request: { endpoint: 'getTransaction', path: { txId } },
			items: (body) => [narrow(transactionIn(body))],
			hint,
		};
	},
};
