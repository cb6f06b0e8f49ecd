import type { components } from '../../nodes/shared/chargeye/types.ts';
import type { StationAsset } from '../fleet.mts';
import {
	VENDOR_ID,
	type AuthorizationStatus,
	type ChargingState,
	type CsmsMessages,
	type StoppedReason,
	type TransactionEvent,
	type TransactionExtension,
} from '../ocpp/messages.mts';
import { readMeter, type MeterReading } from './meterReading.mts';

type MeterValues = CsmsMessages['MeterValues']['request']['meterValue'];

/** A transaction as the API shows it. */
export type Transaction = components['schemas']['Transaction'] & {
	txId: string;
	stationId: string;
	evseId: number;
	sequenceNumber: number;
	startTime: string;
};

const END_REASONS: ReadonlySet<StoppedReason> = new Set([
	'DeAuthorized',
	'EVDisconnected',
	'EmergencyStop',
	'GroundFault',
	'ImmediateReset',
	'Local',
	'LocalOutOfCredit',
	'OvercurrentFault',
	'PowerLoss',
	'Remote',
	'SOCLimitReached',
	'StoppedByEV',
	'TimeLimitReached',
	'Timeout',
]);

const START_REASONS: Partial<Record<TransactionEvent['triggerReason'], string>> = {
	CablePluggedIn: 'CablePluggedIn',
	RemoteStart: 'RemoteStart',
	Authorized: 'Authorized',
	EVDetected: 'EVPresenceDetected',
	ChargingStateChanged: 'ChargingStateChanged',
};

const STATUS: Record<ChargingState, Transaction['status']> = {
	Idle: 'AuthorizedNotPluggedIn',
	EVConnected: 'PluggedInIdle',
	SuspendedEV: 'PluggedInIdle',
	SuspendedEVSE: 'PluggedInIdle',
	Charging: 'Charging',
};

/** What is known of a transaction besides what the API shows. */
interface Entry {
	record: Transaction;
	/** Epoch ms. */
	startMs: number;
	/** The highest seqNo that the station has sent. */
	seqNo: number;
	/** The meter at the start (Wh). */
	startWh: number | undefined;
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
		entry.record = {
			...before,
			sequenceNumber: before.sequenceNumber + 1,
			updateTime: meterValue.at(-1)?.timestamp,
			...readingOf(meter, before, entry.startWh),
		};
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
		const txId = event.transactionInfo.transactionId;
		const entry = this.#entries.get(txId) ?? this.#add(asset, event);
		const { record: before } = entry;
		this.#count(event.seqNo - entry.seqNo);
		const isNews = event.seqNo > entry.seqNo || event.eventType === 'Ended';
		if (before.status === 'Ended' || !isNews) return;
		entry.seqNo = Math.max(entry.seqNo, event.seqNo);
		const meter = readMeter(event.meterValue);
		entry.startWh ??= meter.energyWh;
		entry.record = {
			...before,
			evseId: event.evse?.id ?? before.evseId,
			// The API's number orders the updates: it grows even if the station repeats a seqNo.
			sequenceNumber: Math.max(event.seqNo, before.sequenceNumber + 1),
			updateTime: event.timestamp,
			triggerReason: event.triggerReason,
			...this.#progressOf(before, event),
			...extensionsOf(event),
			...(idTokenStatus === undefined ? {} : { authenticated: idTokenStatus === 'Accepted' }),
			...readingOf(meter, before, entry.startWh),
			...(event.eventType === 'Ended' ? { power: 0, powerKw: 0, current: 0 } : {}),
		};
		if (event.eventType === 'Ended') entry.record.socEnd = entry.record.soc;
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
		const record = newRecord(asset, event);
		const entry: Entry = {
			record,
			startMs: Date.parse(record.startTime),
			seqNo: -1,
			startWh: undefined,
			arrival: this.#entries.size,
		};
		this.#entries.set(record.txId, entry);
		const others = this.#ofStation.get(asset.stationId) ?? [];
		this.#ofStation.set(asset.stationId, others);
		for (const entries of [this.#all, others]) insert(entries, entry);
		return entry;
	}

	#progressOf(before: Transaction, event: TransactionEvent): Partial<Transaction> {
		const { chargingState, stoppedReason, remoteStartId, timeSpentCharging } =
			event.transactionInfo;
		const progress: Partial<Transaction> = {
			sessionDurationMs: Math.max(0, Date.parse(event.timestamp) - Date.parse(before.startTime)),
			...(timeSpentCharging === undefined ? {} : { chargingDurationMs: timeSpentCharging * 1000 }),
		};
		if (remoteStartId !== undefined) {
			const reference = this.#authorizationReferences.get(remoteStartId);
			if (reference !== undefined) progress.authorizationReference = reference;
		}
		if (chargingState !== undefined) {
			progress.status = STATUS[chargingState];
			progress.cableConnected = chargingState !== 'Idle';
			if (chargingState !== 'Idle')
				progress.activeStartTime = before.activeStartTime ?? event.timestamp;
			if (chargingState === 'Charging') {
				progress.chargingStartTime = before.chargingStartTime ?? event.timestamp;
				progress.chargingEndTime = null;
			} else if (before.status === 'Charging') {
				progress.chargingEndTime = event.timestamp;
				progress.chargingEndReason = 'ChargingStateChanged';
			}
		}
		if (event.eventType === 'Ended') {
			const reason = stoppedReason ?? 'Local';
			progress.status = 'Ended';
			if (reason === 'EVDisconnected') progress.cableConnected = false;
			progress.endTime = event.timestamp;
			progress.endReason = END_REASONS.has(reason) ? reason : 'Other';
			if (before.chargingStartTime) {
				progress.chargingEndTime = before.chargingEndTime ?? event.timestamp;
				progress.chargingEndReason = before.chargingEndReason ?? progress.endReason;
			}
		}
		return progress;
	}
}

/** Most transactions are later than all others, so the place is looked for from the end. */
function insert(sorted: Entry[], entry: Entry): void {
	const isBefore = (other: Entry): boolean =>
		other.startMs < entry.startMs ||
		(other.startMs === entry.startMs && other.record.txId < entry.record.txId);
	sorted.splice(sorted.findLastIndex(isBefore) + 1, 0, entry);
}

function newRecord(asset: StationAsset, event: TransactionEvent): Transaction {
	const evseId = event.evse?.id ?? 0;
	const evse = asset.evses.find((candidate) => candidate.evseId === evseId);
	return {
		txId: event.transactionInfo.transactionId,
		stationId: asset.stationId,
		evseId,
		status: 'Unknown',
		sequenceNumber: -1,
		startTime: event.timestamp,
		startReason: START_REASONS[event.triggerReason] ?? 'Local',
		authenticated: false,
		maxPowerKw: (evse?.maxPowerW ?? asset.maxPowerW) / 1000,
		simulated: true,
	};
}

/** What OCPP has no field for: stations of the vendor say it in customData. */
function extensionsOf({ customData, eventType }: TransactionEvent): Partial<Transaction> {
	if (customData?.vendorId !== VENDOR_ID) return { powerLimitation: null };
	const { powerLimitation = null, status } = customData as TransactionExtension;
	return {
		powerLimitation,
		...(status === undefined || eventType === 'Ended' ? {} : { status }),
	};
}

/** What a meter reading says about a transaction, in the API's units. */
function readingOf(
	{ energyWh, powerW, currentA, voltage, soc }: MeterReading,
	before: Transaction,
	startWh: number | undefined,
): Partial<Transaction> {
	return {
		...(energyWh === undefined || startWh === undefined
			? {}
			: { chargedEnergyKwh: round(Math.max(0, energyWh - startWh) / 1000, 3) }),
		...(powerW === undefined
			? {}
			: { power: Math.round(powerW), powerKw: round(powerW / 1000, 2) }),
		...(currentA === undefined ? {} : { current: round(currentA, 1) }),
		...(voltage === undefined ? {} : { voltage: Math.round(voltage) }),
		...(soc === undefined ? {} : { soc, socStart: before.socStart ?? soc }),
	};
}

/** An EVSE as a key. */
const placeOf = ({ stationId, evseId }: Pick<Transaction, 'stationId' | 'evseId'>): string =>
	JSON.stringify([stationId, evseId]);

function round(value: number, decimals: number): number {
	return Number(value.toFixed(decimals));
}
