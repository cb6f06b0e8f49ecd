import type { components } from '../../nodes/shared/chargeye/types.ts';
import type { StationAsset } from '../fleet.mts';
import {
	VENDOR_ID,
	type AuthorizationStatus,
	type ChargingState,
	type StoppedReason,
	type TransactionEvent,
	type TransactionExtension,
} from '../ocpp/messages.mts';
import type { MeterReading } from './meterReading.mts';

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

/** The record of a transaction that an event begins. */
export function newRecord(asset: StationAsset, event: TransactionEvent): Transaction {
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

/** The record after an event. @param details what the event itself does not say */
export function afterEvent(
	before: Transaction,
	event: TransactionEvent,
	details: {
		meter: MeterReading;
		/** The meter at the start (Wh). */
		startWh: number | undefined;
		/** What the event's idToken is worth; undefined if it has none. */
		idTokenStatus: AuthorizationStatus | undefined;
		/** Undefined if the event does not belong to a start request. */
		authorizationReference: string | null | undefined;
	},
): Transaction {
	const { meter, startWh, idTokenStatus, authorizationReference } = details;
	const hasEnded = event.eventType === 'Ended';
	const record: Transaction = {
		...before,
		evseId: event.evse?.id ?? before.evseId,
		// The API's number orders the updates: it grows even if the station repeats a seqNo.
		sequenceNumber: Math.max(event.seqNo, before.sequenceNumber + 1),
		updateTime: event.timestamp,
		triggerReason: event.triggerReason,
		...progressOf(before, event),
		...(authorizationReference === undefined ? {} : { authorizationReference }),
		...extensionsOf(event),
		...(idTokenStatus === undefined ? {} : { authenticated: idTokenStatus === 'Accepted' }),
		...readingOf(meter, before, startWh),
		...(hasEnded ? { power: 0, powerKw: 0, current: 0 } : {}),
	};
	if (hasEnded) record.socEnd = record.soc;
	return record;
}

/** The record after a reading of the meter at a time, outside of the transaction's events (J02). */
export const afterReading = (
	before: Transaction,
	meter: MeterReading,
	startWh: number | undefined,
	updateTime: string | undefined,
): Transaction => ({
	...before,
	sequenceNumber: before.sequenceNumber + 1,
	updateTime,
	...readingOf(meter, before, startWh),
});

/** How far a transaction has come with an event. */
function progressOf(before: Transaction, event: TransactionEvent): Partial<Transaction> {
	const { chargingState, stoppedReason, timeSpentCharging } = event.transactionInfo;
	const progress: Partial<Transaction> = {
		sessionDurationMs: Math.max(0, Date.parse(event.timestamp) - Date.parse(before.startTime)),
		...(timeSpentCharging === undefined ? {} : { chargingDurationMs: timeSpentCharging * 1000 }),
	};
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

function round(value: number, decimals: number): number {
	return Number(value.toFixed(decimals));
}
