import type { Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/polling/hash';
import {
	EVENT_NAMES,
	EVENTS,
	type EventName,
	type Look,
	type Occurrence,
	type Wanted,
} from '../events';
import { observeCharging } from './charging';
import { endedMemory, newMemory, type Memory } from './memory';
import { hasEnded, startOf } from './transactionFacts';
import type { TransactionEvent } from './transactionEvent';
import { greatest, readNumber, readTime, toUtc } from './apiValues';

const toWh = (kWh: number | undefined) => (kWh === undefined ? undefined : Math.round(kWh * 1000));

/** What a look at a transaction shows, beside what is remembered of it. */
function lookAt(known: Memory | undefined, transaction: Transaction): Look {
	const before = known ?? newMemory(hashOf(transaction.txId));
	const after = { ...before };
	after.start ??= startOf(transaction);
	after.isAuthorized ||= transaction.authenticated === true;
	const charging = observeCharging(after, transaction);
	if (transaction.powerLimitation !== undefined) {
		after.powerLimitation = transaction.powerLimitation ?? undefined;
	}
	after.energyWh = greatest(before.energyWh, toWh(readNumber(transaction.chargedEnergyKwh)));
	const soc = readNumber(transaction.soc) ?? readNumber(transaction.socEnd);
	after.soc = greatest(before.soc, soc);
	after.status = transaction.status ?? before.status;
	const updated = readTime(transaction.updateTime);
	// One without a number that is newer leaves the last number behind: what comes with a greater one may be older.
	const number = updated === known?.updated ? before.sequenceNumber : undefined;
	after.sequenceNumber = readNumber(transaction.sequenceNumber) ?? number;
	after.updated = updated ?? before.updated;
	return { transaction, isFirst: known === undefined, before, after, charging };
}

/** `<txId>:<event>`, and what sets it apart from others of that name in the same transaction. */
const eventIdOf = (txId: string, event: EventName, details: Array<string | number | undefined>) =>
	[txId, event, ...details.filter((detail) => detail !== undefined)].join(':');

/** When an event is told, among those of one look. */
const turnOf = ({ event, goesBefore }: Occurrence & { event: EventName }): number =>
	goesBefore === undefined ? EVENT_NAMES.indexOf(event) : EVENT_NAMES.indexOf(goesBefore) - 0.5;

/**
 * What a transaction tells that was not known before.
 * @param known what is remembered of it, and not ended; undefined if it was never seen
 * @param now by n8n's clock (ms)
 * @returns the events in the order in which they happened
 */
export function observe(
	known: Memory | undefined,
	transaction: Transaction,
	wanted: Wanted,
	now: number,
): { memory: Memory; events: TransactionEvent[] } {
	const look = lookAt(known, transaction);
	const memory = { ...look.after };
	const endedAt = hasEnded(transaction) ? readTime(transaction.endTime) : undefined;
	const lastKnownTime = endedAt ?? readTime(transaction.updateTime) ?? now;

	const told = EVENT_NAMES.filter((event) => wanted.events.includes(event))
		.flatMap((event) =>
			EVENTS[event].detect(look, wanted).map((occurrence) => ({ event, ...occurrence })),
		)
		.sort((a, b) => turnOf(a) - turnOf(b));
	const events = told.map(({ event, detail, at }): TransactionEvent => {
		const row = EVENTS[event];
		const number = row.numberedBy && ++memory[row.numberedBy];
		return {
			eventId: eventIdOf(transaction.txId, event, [number, detail]),
			event,
			occurredAt: toUtc(at ?? row.time?.(look) ?? lastKnownTime),
			detectedAt: toUtc(now),
			previousStatus: known?.status ?? null,
			status: look.after.status ?? null,
			transaction,
		};
	});
	return { memory: hasEnded(transaction) ? endedMemory(memory) : memory, events };
}
