import type { components } from '../../nodes/shared/chargeye/types.ts';
import type { StationAsset } from '../fleet.mts';
import type { ChargingState, StoppedReason, TransactionEvent } from '../ocpp/messages.mts';
import { readMeter } from './meterReading.mts';

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

/** Every transaction that a station has reported, built from its TransactionEvents. */
export class TransactionRecords {
	readonly #records = new Map<string, { record: Transaction; startWh: number | undefined }>();
	readonly #authorizationReferences = new Map<number, string | null>();

	get(txId: string): Transaction | undefined {
		return this.#records.get(txId)?.record;
	}

	clear(): void {
		this.#records.clear();
		this.#authorizationReferences.clear();
	}

	/** All transactions by start time and then by id, which is the order of the pages. */
	all(): Transaction[] {
		return [...this.#records.values()]
			.map(({ record }) => record)
			.sort((a, b) => a.startTime.localeCompare(b.startTime) || a.txId.localeCompare(b.txId));
	}

	/** The transaction of an EVSE that started last. */
	latest(stationId: string, evseId: number): Transaction | undefined {
		return this.all().findLast(
			(record) => record.stationId === stationId && record.evseId === evseId,
		);
	}

	/** Remembers what to attach to the transaction that a start request brings about. */
	expectStart(remoteStartId: number, authorizationReference: string | null | undefined): void {
		if (authorizationReference !== undefined) {
			this.#authorizationReferences.set(remoteStartId, authorizationReference);
		}
	}

	/** Stores an event; one that is older (by seqNo) than the last stored one changes nothing. */
	apply(asset: StationAsset, event: TransactionEvent): void {
		const txId = event.transactionInfo.transactionId;
		const known = this.#records.get(txId);
		if (known !== undefined && known.record.sequenceNumber >= event.seqNo) return;
		const meter = readMeter(event);
		const startWh = known?.startWh ?? meter.energyWh;
		const before = known?.record ?? newRecord(asset, event);
		const record: Transaction = {
			...before,
			sequenceNumber: event.seqNo,
			updateTime: event.timestamp,
			triggerReason: event.triggerReason,
			...this.#progressOf(before, event),
			...(meter.energyWh === undefined || startWh === undefined
				? {}
				: { chargedEnergyKwh: round(Math.max(0, meter.energyWh - startWh) / 1000, 3) }),
			...(meter.powerW === undefined
				? {}
				: { power: Math.round(meter.powerW), powerKw: round(meter.powerW / 1000, 2) }),
			...(meter.currentA === undefined ? {} : { current: round(meter.currentA, 1) }),
			...(meter.voltage === undefined ? {} : { voltage: Math.round(meter.voltage) }),
			...(meter.soc === undefined
				? {}
				: { soc: meter.soc, socStart: before.socStart ?? meter.soc }),
		};
		if (event.eventType === 'Ended') record.socEnd = record.soc;
		this.#records.set(txId, { record, startWh });
	}

	#progressOf(before: Transaction, event: TransactionEvent): Partial<Transaction> {
		const { chargingState, stoppedReason, remoteStartId } = event.transactionInfo;
		const progress: Partial<Transaction> = {};
		if (event.idToken !== undefined) progress.authenticated = true;
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

function newRecord(asset: StationAsset, event: TransactionEvent): Transaction {
	const evseId = event.evse?.id ?? 0;
	const evse = asset.evses.find((candidate) => candidate.evseId === evseId);
	return {
		txId: event.transactionInfo.transactionId,
		stationId: asset.stationId,
		evseId,
		status: 'Unknown',
		sequenceNumber: event.seqNo,
		startTime: event.timestamp,
		startReason: START_REASONS[event.triggerReason] ?? 'Local',
		authenticated: false,
		maxPowerKw: (evse?.maxPowerW ?? asset.maxPowerW) / 1000,
		simulated: true,
	};
}

function round(value: number, decimals: number): number {
	return Number(value.toFixed(decimals));
}
