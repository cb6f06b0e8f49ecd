import type { StationAsset } from '../fleet.mts';
import type { AuthorizationStatus, CsmsMessages, TransactionEvent } from '../ocpp/messages.mts';
import { readMeter } from './meterReading.mts';
import { afterEvent, afterReading, newRecord, type Transaction } from './transactionRecord.mts';

type MeterValues = CsmsMessages['MeterValues']['request']['meterValue'];

/** A transaction, and what is known of it besides what the API shows. */
export interface RecordSnapshot {
	record: Transaction;
	/** The highest seqNo that the station has sent. */
	seqNo: number;
	/** The meter at the start (Wh), if it is known. */
	startWh?: number;
}

interface Entry extends RecordSnapshot {
	/** Epoch ms. */
	startMs: number;
	/** Transactions are numbered as their first events arrive. */
	arrival: number;
}

/** How many TransactionEvents have arrived, by the seqNo that a station counts up from 0 in each transaction. */
export interface EventCounts {
	received: number;
	/** Those whose seqNo is not higher than one before. */
	repeated: number;
	/** Those that were left out before a higher seqNo. */
	missing: number;
}

const NO_EVENTS: EventCounts = { received: 0, repeated: 0, missing: 0 };

/**
 * Every transaction that a station has reported, built from its TransactionEvents. Which one is the latest is decided by the
 * order in which they arrived, because a station's clock may be wrong.
 */
export class TransactionRecords {
	readonly #entries = new Map<string, Entry>();
	/** By start time and then by ID. */
	readonly #all: Entry[] = [];
	readonly #ofStation = new Map<string, Entry[]>();
	readonly #latest = new Map<string, Entry>();
	readonly #authorizationReferences = new Map<number, string | null>();
	#events: EventCounts = { ...NO_EVENTS };

	/** How many TransactionEvents have arrived. */
	get events(): Readonly<EventCounts> {
		return this.#events;
	}

	get(txId: string): Transaction | undefined {
		return this.#entries.get(txId)?.record;
	}

	clear(): void {
		this.#entries.clear();
		this.#all.length = 0;
		this.#ofStation.clear();
		this.#latest.clear();
		this.#authorizationReferences.clear();
		this.#events = { ...NO_EVENTS };
	}

	/** All transactions in the order of their first events. */
	snapshot(): RecordSnapshot[] {
		return [...this.#entries.values()].map(({ record, seqNo, startWh }) => ({
			record,
			seqNo,
			startWh,
		}));
	}

	/** Adds transactions in the order of their first events. */
	restore(snapshots: readonly RecordSnapshot[]): void {
		for (const { record, ...counts } of snapshots) {
			const entry = this.#keep(record, counts);
			this.#latest.set(placeOf(record), entry);
		}
	}

	/**
	 * The transactions that started in a time (epoch ms, `to` excluded), of all stations or one, by start time and then by ID,
	 * which is the order of the pages.
	 */
	between(from: number, to: number, stationId?: string): Transaction[] {
		const entries = stationId === undefined ? this.#all : (this.#ofStation.get(stationId) ?? []);
		return entries
			.filter(({ startMs }) => startMs >= from && startMs < to)
			.map(({ record }) => record);
	}

	/** The transaction of an EVSE that was reported last. */
	latest(stationId: string, evseId: number): Transaction | undefined {
		return this.#latest.get(placeOf({ stationId, evseId }))?.record;
	}

	/** Remembers what to attach to the transaction that a start request brings about. */
	expectStart(remoteStartId: number, authorizationReference: string | null | undefined): void {
		if (authorizationReference !== undefined) {
			this.#authorizationReferences.set(remoteStartId, authorizationReference);
		}
	}

	/** Stores what a station measures outside of its TransactionEvents, for the transaction that runs on the EVSE (J02). */
	applyMeterValues(stationId: string, evseId: number, meterValue: MeterValues): void {
		const entry = this.#latest.get(placeOf({ stationId, evseId }));
		if (entry === undefined || entry.record.status === 'Ended') return;
		const { record: before } = entry;
		const meter = readMeter(meterValue);
		entry.startWh ??= meter.energyWh;
		entry.record = afterReading(before, meter, entry.startWh, meterValue.at(-1)?.timestamp);
	}

	/**
	 * Stores an event. One that is not newer (by seqNo) than the last one changes nothing, unless it ends the transaction.
	 * After the end nothing changes any more.
	 * @param idTokenStatus what the event's idToken is worth; undefined if it has none
	 */
	apply(
		asset: StationAsset,
		event: TransactionEvent,
		idTokenStatus: AuthorizationStatus | undefined,
	): void {
		const { transactionId: txId, remoteStartId } = event.transactionInfo;
		const entry = this.#entries.get(txId) ?? this.#add(asset, event);
		const { record: before } = entry;
		this.#count(event.seqNo - entry.seqNo);
		const isNews = event.seqNo > entry.seqNo || event.eventType === 'Ended';
		if (before.status === 'Ended' || !isNews) return;
		entry.seqNo = Math.max(entry.seqNo, event.seqNo);
		const meter = readMeter(event.meterValue);
		entry.startWh ??= meter.energyWh;
		entry.record = afterEvent(before, event, {
			meter,
			startWh: entry.startWh,
			idTokenStatus,
			authorizationReference:
				remoteStartId === undefined ? undefined : this.#authorizationReferences.get(remoteStartId),
		});
		const place = placeOf(entry.record);
		if (entry.arrival >= (this.#latest.get(place)?.arrival ?? 0)) this.#latest.set(place, entry);
	}

	/** @param step from the highest seqNo of the transaction so far */
	#count(step: number): void {
		this.#events.received += 1;
		if (step <= 0) this.#events.repeated += 1;
		else this.#events.missing += step - 1;
	}

	#add(asset: StationAsset, event: TransactionEvent): Entry {
		return this.#keep(newRecord(asset, event), { seqNo: -1 });
	}

	#keep(record: Transaction, counts: Pick<Entry, 'seqNo' | 'startWh'>): Entry {
		const entry: Entry = {
			...counts,
			record,
			startMs: Date.parse(record.startTime),
			arrival: this.#entries.size,
		};
		this.#entries.set(record.txId, entry);
		const others = this.#ofStation.get(record.stationId) ?? [];
		this.#ofStation.set(record.stationId, others);
		for (const entries of [this.#all, others]) insert(entries, entry);
		return entry;
	}
}

/** Most transactions are later than all others, so the place is looked for from the end. */
function insert(sorted: Entry[], entry: Entry): void {
	const isBefore = (other: Entry): boolean =>
		other.startMs < entry.startMs ||
		(other.startMs === entry.startMs && other.record.txId < entry.record.txId);
	sorted.splice(sorted.findLastIndex(isBefore) + 1, 0, entry);
}

/** An EVSE as a key. */
const placeOf = ({ stationId, evseId }: Pick<Transaction, 'stationId' | 'evseId'>): string =>
	JSON.stringify([stationId, evseId]);
