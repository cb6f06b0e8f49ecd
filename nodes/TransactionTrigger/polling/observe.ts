import type { Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/polling/hash';
import { observeCharging, type ChargingChange } from './charging';
import { eventIdOf, toUtc, type EventName, type TransactionEvent, type Wanted } from './events';
import type { LiveMemory, Memory } from './memory';
import { greatest, hasEnded, readNumber, readTime, startOf } from './record';

export interface Observation {
	memory: Memory;
	/** In the order in which they happened. */
	events: TransactionEvent[];
}

/** Notes an event if it is wanted. @param at ms; the time of the update if the API has no better one */
type Emit = (event: EventName, at?: number, detail?: string | number) => void;

const unseen = (transaction: Transaction): LiveMemory => ({
	hash: hashOf(transaction.txId),
	ended: false,
	isAuthorized: false,
	isCharging: false,
	phases: 0,
	alarms: 0,
	statusChanges: 0,
	powerLimits: 0,
});

/** The API does not tell when the driver was authorized: at the start, or before charging. */
function observeAuthorization(memory: LiveMemory, transaction: Transaction, emit: Emit) {
	if (memory.isAuthorized || transaction.authenticated !== true) return;
	memory.isAuthorized = true;
	const atStart = ['Authorized', 'RemoteStart'].includes(transaction.startReason ?? '');
	const start = atStart ? readTime(transaction.startTime) : undefined;
	emit('authorized', start ?? readTime(transaction.chargingStartTime));
}

function observePowerLimit(
	memory: LiveMemory,
	transaction: Transaction,
	{ events, powerLimitations }: Wanted,
	emit: Emit,
) {
	if (transaction.powerLimitation === undefined) return;
	const limitation = transaction.powerLimitation ?? undefined;
	const isNew = limitation !== memory.powerLimitation;
	memory.powerLimitation = limitation;
	if (!isNew || limitation === undefined || hasEnded(transaction)) return;
	if (!events.includes('powerLimited') || !powerLimitations.includes(limitation)) return;
	emit('powerLimited', undefined, `${++memory.powerLimits}:${limitation}`);
}

/** True if a value has come to the threshold since it was looked at before. */
const reaches = (value?: number, before?: number, threshold?: number): boolean =>
	value !== undefined &&
	threshold !== undefined &&
	value >= threshold &&
	!isAtLeast(before, threshold);

const isAtLeast = (value: number | undefined, threshold: number) =>
	value !== undefined && value >= threshold;

const toWh = (kWh: number | undefined) => (kWh === undefined ? undefined : Math.round(kWh * 1000));

function observeMeter(
	memory: LiveMemory,
	transaction: Transaction,
	{ energyKwh, stateOfCharge }: Wanted,
	emit: Emit,
) {
	// After charging has stopped the meter stands still, while updates go on.
	const at = memory.isCharging ? undefined : readTime(transaction.chargingEndTime);
	const energyWh = toWh(readNumber(transaction.chargedEnergyKwh));
	if (reaches(energyWh, memory.energyWh, toWh(energyKwh))) emit('energyReached', at, energyKwh);
	memory.energyWh = greatest(memory.energyWh, energyWh);
	const soc = readNumber(transaction.soc) ?? readNumber(transaction.socEnd);
	if (reaches(soc, memory.soc, stateOfCharge)) emit('stateOfChargeReached', at, stateOfCharge);
	memory.soc = greatest(memory.soc, soc);
}

function observeStatus(
	memory: LiveMemory,
	transaction: Transaction,
	{ events }: Wanted,
	emit: Emit,
) {
	const before = memory.status;
	const status = transaction.status ?? before;
	memory.status = status;
	if (status === 'Alarm' && before !== 'Alarm' && events.includes('alarm')) {
		emit('alarm', undefined, ++memory.alarms);
	}
	if (hasEnded(transaction)) emit('transactionEnded');
	if (status !== before && events.includes('statusChanged')) {
		emit('statusChanged', undefined, `${++memory.statusChanges}:${before ?? ''}-${status ?? ''}`);
	}
}

/**
 * What a transaction tells that was not known before.
 * @param known what is remembered of it, and not ended; undefined if it was never seen
 * @param now by n8n's clock (ms)
 */
export function observe(
	known: LiveMemory | undefined,
	transaction: Transaction,
	wanted: Wanted,
	now: number,
): Observation {
	const memory = known ? { ...known } : unseen(transaction);
	const updated = readTime(transaction.updateTime);
	const endedAt = hasEnded(transaction) ? readTime(transaction.endTime) : undefined;
	const events: TransactionEvent[] = [];
	const emit: Emit = (event, at, detail) => {
		if (!wanted.events.includes(event)) return;
		events.push({
			eventId: eventIdOf(transaction.txId, event, detail),
			event,
			occurredAt: toUtc(at ?? endedAt ?? updated ?? now),
			detectedAt: toUtc(now),
			previousStatus: known?.status ?? null,
			status: transaction.status ?? known?.status ?? null,
			transaction,
		});
	};
	const emitCharging = (changes: ChargingChange[]) => {
		for (const { event, at, key } of changes) {
			emit(event, at, typeof key === 'number' ? toUtc(key) : key);
		}
	};

	memory.start ??= startOf(transaction);
	if (known === undefined) emit('transactionStarted', memory.start);
	observeAuthorization(memory, transaction, emit);
	const changes = observeCharging(memory, transaction);
	// The meter belongs between the last start and the last stop.
	const last = changes.map(({ event }) => event).lastIndexOf('chargingStarted') + 1;
	emitCharging(changes.slice(0, last));
	observePowerLimit(memory, transaction, wanted, emit);
	observeMeter(memory, transaction, wanted, emit);
	emitCharging(changes.slice(last));
	observeStatus(memory, transaction, wanted, emit);

	const { hash, start, unlisted } = memory;
	if (hasEnded(transaction)) return { memory: { hash, start, unlisted, ended: true }, events };
	// One without a number that is newer leaves the last number behind: what comes with a greater one may be older.
	const number = updated === known?.updated ? memory.sequenceNumber : undefined;
	memory.sequenceNumber = readNumber(transaction.sequenceNumber) ?? number;
	memory.updated = updated ?? memory.updated;
	return { memory, events };
}
