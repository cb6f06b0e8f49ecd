import type { IDataObject } from 'n8n-workflow';

import { simplifyTransaction, type Transaction } from '../shared/chargeye/transactions';
import type { EventName, TransactionEvent } from './polling/events';
import type { Settings } from './settings';

/** Why, as far as the API tells. */
const REASONS: Partial<Record<EventName, keyof Transaction>> = {
	chargingStopped: 'chargingEndReason',
	powerLimited: 'powerLimitation',
	transactionEnded: 'endReason',
	transactionStarted: 'startReason',
};

/** An event as an item: in the order in which a table reads best. */
export function toItem(
	{ transaction, ...event }: TransactionEvent,
	output: Settings['output'],
): IDataObject {
	const reason = REASONS[event.event];
	return {
		...event,
		reason: reason === undefined ? null : (transaction[reason] ?? null),
		txId: transaction.txId,
		stationId: transaction.stationId ?? null,
		connectorId: transaction.connectorId ?? null,
		transaction: output === 'raw' ? { ...transaction } : simplifyTransaction(transaction),
	} as IDataObject;
}
