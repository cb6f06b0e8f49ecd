import { transaction } from '../shared/node/fields/transaction';
import { scopeOf } from '../shared/polling/form/scope';
import type { StationScope } from '../shared/polling/stationScope';

/** Which transactions are watched. */
export type Scope = StationScope | { type: 'transaction'; txId: string };

const watchedTransaction = transaction
	.with({
		description: 'The transaction to watch. The list shows the latest one of each connector.',
	})
	.when({ scope: ['transaction'] });

export const scope = scopeOf<{ type: 'transaction'; txId: string }>('Transactions', {
	option: {
		name: 'One Transaction',
		value: 'transaction',
		description: 'One transaction, by its ID',
	},
	field: watchedTransaction,
	read: (values) => ({ type: 'transaction', txId: watchedTransaction.read(values) }),
});
