import type { IDataObject } from 'n8n-workflow';

import { simplifyTransaction } from '../shared/chargeye/transactions';
import { rounded } from '../shared/charging/base/numbers';
import { readNumber } from '../shared/polling/apiValues';
import type { Place } from '../shared/polling/place';
import { startOf } from '../shared/polling/transactionTimes';
import { EVENTS } from './events';
import type { TransactionEvent } from './polling/transactionEvent';
import { sentenceOf } from './sentence';
import type { Settings } from './settings';

/** From the transaction's start until the event (s); null if the API does not say, or if its clock was set back. */
function secondsUntil({ occurredAt, transaction }: TransactionEvent): number | null {
	const seconds = (Date.parse(occurredAt) - (startOf(transaction) ?? Infinity)) / 1000;
	return seconds >= 0 ? seconds : null;
}

/**
 * An event as an output item: first what a person wants to know, then IDs and the transaction, then the times (UTC) and
 * the key that programs need. `chargedEnergyKwh` is what the API shows now, `durationMinutes` lasts until the event.
 */
export function toItem(
	event: TransactionEvent,
	output: Settings['output'],
	place: Place,
): IDataObject {
	const { transaction } = event;
	const { reason } = EVENTS[event.event];
	const seconds = secondsUntil(event);
	return {
		event: event.event,
		summary: sentenceOf(event, place, seconds),
		...place,
		chargedEnergyKwh: readNumber(transaction.chargedEnergyKwh) ?? null,
		durationMinutes: seconds === null ? null : rounded(seconds / 60, 1),
		status: event.status,
		previousStatus: event.previousStatus,
		reason: reason === undefined ? null : (transaction[reason] ?? null),
		txId: transaction.txId,
		stationId: transaction.stationId ?? null,
		connectorId: transaction.connectorId ?? null,
		transaction: output === 'raw' ? { ...transaction } : simplifyTransaction(transaction),
		occurredAt: event.occurredAt,
		detectedAt: event.detectedAt,
		eventId: event.eventId,
	} as IDataObject;
}
