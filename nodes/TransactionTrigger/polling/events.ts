import type { Transaction } from '../../shared/chargeye/transactions';

/** What can start a workflow. */
export const EVENTS = [
	'alarm',
	'authorized',
	'chargingStarted',
	'chargingStopped',
	'energyReached',
	'powerLimited',
	'stateOfChargeReached',
	'statusChanged',
	'transactionEnded',
	'transactionStarted',
] as const;

export type EventName = (typeof EVENTS)[number];

/** What can limit the power of a transaction, as the API names it. */
export const POWER_LIMITATIONS = ['Charger', 'Grid', 'Queue', 'Shared', 'Vehicle'] as const;

/** Which events a workflow wants. */
export interface Wanted {
	events: readonly EventName[];
	/** For `energyReached` (kWh). */
	energyKwh?: number;
	/** For `stateOfChargeReached` (%). */
	stateOfCharge?: number;
	/** For `powerLimited`: by what. */
	powerLimitations: readonly string[];
}

/** What is seen is only remembered. */
export const NOTHING: Wanted = { events: [], powerLimitations: [] };

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

/** ms as UTC with milliseconds: two events in one second stay apart. */
export const toUtc = (ms: number): string => new Date(ms).toISOString();

/** @param detail what sets it apart from other events of that name in the same transaction */
export const eventIdOf = (txId: string, event: EventName, detail?: string | number): string =>
	[txId, event, ...(detail === undefined ? [] : [detail])].join(':');

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
