import type { IDataObject } from 'n8n-workflow';

import { simplifyTransaction } from '../shared/chargeye/transactions';
import { EVENTS } from './events';
import type { TransactionEvent } from './polling/transactionEvent';
import type { Settings } from './settings';

/** An event as an output item; its fields are in the order of n8n's table. */
export function toItem(
	{ transaction, ...event }: TransactionEvent,
	output: Settings['output'],
): IDataObject {
	const { reason } = EVENTS[event.event];
	return {
		...event,
		reason: reason === undefined ? null : (transaction[reason] ?? null),
		txId: transaction.txId,
		stationId: transaction.stationId ?? null,
		connectorId: transaction.connectorId ?? null,
		transaction: output === 'raw' ? { ...transaction } : simplifyTransaction(transaction),
	} as IDataObject;
}
