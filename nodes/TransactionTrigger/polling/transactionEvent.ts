import type { Transaction } from '../../shared/chargeye/transactions';
import * as shared from '../../shared/polling/oldestFirst';
import type { EventName } from '../events';

/** Something that happened to a transaction. */
export interface TransactionEvent {
	/** The same whenever the event is seen: `<txId>:<event>`, and what distinguishes it from others of that name. */
	eventId: string;
	event: EventName;
	/** By the API's own times, UTC; `detectedAt` if the API has none. */
	occurredAt: string;
	/** When the poll saw it, by n8n's clock, UTC. */
	detectedAt: string;
	/** The status at the last look; null if the transaction was not known then. */
	previousStatus: string | null;
	status: string | null;
	/** The transaction as the API shows it now. */
	transaction: Transaction;
}

/** Sorts events, oldest first. @param events those of each transaction in the order in which they happened */
export const oldestFirst = (events: readonly TransactionEvent[]): TransactionEvent[] =>
	shared.oldestFirst(events, ({ transaction }) => transaction.txId);
