import type { Transaction } from '../../shared/chargeye/transactions';
import type { EventName } from '../events';

/** Something that happened to a transaction. */
export interface TransactionEvent {
	/** The same for the same event however often it is seen: `<txId>:<event>`, and what sets it apart from others. */
	eventId: string;
	event: EventName;
	/** By the API's own times, UTC; when it was noticed if the API has none. */
	occurredAt: string;
	/** By n8n's clock, UTC. */
	detectedAt: string;
	/** The status at the last look; null if the transaction was not known then. */
	previousStatus: string | null;
	status: string | null;
	/** The transaction as the API shows it now. */
	transaction: Transaction;
}

/**
 * Oldest first. What belongs to one transaction stays in the order in which it happened, whatever its times say.
 * @param events those of one transaction in that order
 */
export function oldestFirst(events: readonly TransactionEvent[]): TransactionEvent[] {
	const latest = new Map<string, number>();
	return events
		.map((event) => {
			const { txId } = event.transaction;
			const at = Math.max(Date.parse(event.occurredAt), latest.get(txId) ?? -Infinity);
			latest.set(txId, at);
			return { event, at };
		})
		.sort((a, b) => a.at - b.at)
		.map(({ event }) => event);
}
