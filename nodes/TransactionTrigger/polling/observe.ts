import { hasEnded, type Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/charging/base/hash';
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
import type { TransactionEvent } from './transactionEvent';
import { greatest, readNumber, readTime, toUtc } from '../../shared/polling/apiValues';
import { startOf } from '../../shared/polling/transactionTimes';

const toWh = (kWh: number | undefined) => (kWh === undefined ? undefined : Math.round(kWh * 1000));

/** Compares what the API shows of a transaction with what is remembered of it. */
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
	// A newer answer without a number makes the remembered number useless: an older answer may have a greater one.
	const number = updated === known?.updated ? before.sequenceNumber : undefined;
	after.sequenceNumber = readNumber(transaction.sequenceNumber) ?? number;
	after.updated = updated ?? before.updated;
	return { transaction, isFirst: known === undefined, before, after, charging };
}

/** `<txId>:<event>`, and what distinguishes it from other events with that name in the same transaction. */
const eventIdOf = (txId: string, event: EventName, details: Array<string | number | undefined>) =>
	[txId, event, ...details.filter((detail) => detail !== undefined)].join(':');

/** The place of an event among those that one look shows. */
const orderOf = ({ event, goesBefore }: Occurrence & { event: EventName }): number =>
	goesBefore === undefined ? EVENT_NAMES.indexOf(event) : EVENT_NAMES.indexOf(goesBefore) - 0.5;

/**
 * Finds the events that have happened to a transaction since it was last looked at.
 * @param known what is remembered of it, which must not have ended; undefined if it was never seen
 * @param nowMs by n8n's clock (ms)
 * @returns the events in the order in which they happened
 */
export function observe(
	known: Memory | undefined,
	transaction: Transaction,
	wanted: Wanted,
	nowMs: number,
): { memory: Memory; events: TransactionEvent[] } {
	const look = lookAt(known, transaction);
	const memory = { ...look.after };
	const endedAt = hasEnded(transaction) ? readTime(transaction.endTime) : undefined;
	const lastKnownTime = endedAt ?? readTime(transaction.updateTime) ?? nowMs;

	const occurrences = EVENT_NAMES.filter((event) => wanted.events.includes(event))
		.flatMap((event) =>
			EVENTS[event].detect(look, wanted).map((occurrence) => ({ event, ...occurrence })),
		)
		.sort((a, b) => orderOf(a) - orderOf(b));
	const events = occurrences.map(({ event, detail, at }): TransactionEvent => {
		const row = EVENTS[event];
		const number = row.numberedBy && ++memory[row.numberedBy];
		return {
			eventId: eventIdOf(transaction.txId, event, [number, detail]),
			event,
			occurredAt: toUtc(at ?? row.time?.(look) ?? lastKnownTime),
			detectedAt: toUtc(nowMs),
			previousStatus: known?.status ?? null,
			status: look.after.status ?? null,
			transaction,
		};
	});
	return { memory: hasEnded(transaction) ? endedMemory(memory) : memory, events };
}
