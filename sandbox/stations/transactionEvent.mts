import type { StationAsset } from '../fleet.mts';
import {
	VENDOR_ID,
	type StoppedReason,
	type TransactionEvent,
	type TransactionExtension,
	type TriggerReason,
} from '../ocpp/messages.mts';
import { meterValues, type Flow } from './meter.mts';
import type { Authorization, Transaction } from './transaction.mts';

/** What happened to a transaction, and the state of its EVSE then. */
export interface Happening {
	eventType: TransactionEvent['eventType'];
	triggerReason: TriggerReason;
	/** RFC 3339. */
	timestamp: string;
	transaction: Transaction;
	evseId: number;
	station: StationAsset;
	energyWh: number;
	flow: Flow;
	soc: number | undefined;
	/** A state that OCPP does not have. */
	vendorStatus: TransactionExtension['status'];
	powerLimitation: TransactionExtension['powerLimitation'];
	/** In the event that authorizes the transaction. */
	authorization?: Authorization;
	/** In the event that ends the transaction. */
	stoppedReason?: StoppedReason;
}

const SAMPLE_CONTEXTS = {
	Started: 'Transaction.Begin',
	Updated: 'Sample.Periodic',
	Ended: 'Transaction.End',
} as const;

/** The TransactionEvent that reports a change, with the next seqNo. */
export function toTransactionEvent(happening: Happening): TransactionEvent {
	const { authorization, eventType, stoppedReason, timestamp, transaction } = happening;
	const { powerLimitation, triggerReason, vendorStatus } = happening;
	const extension: TransactionExtension = {
		vendorId: VENDOR_ID,
		...(vendorStatus === undefined ? {} : { status: vendorStatus }),
		...(powerLimitation === undefined ? {} : { powerLimitation }),
	};
	return {
		eventType,
		triggerReason,
		timestamp,
		seqNo: transaction.nextSeqNo(),
		evse: { id: happening.evseId, connectorId: 1 },
		transactionInfo: {
			transactionId: transaction.id,
			chargingState: transaction.chargingState,
			timeSpentCharging: Math.round(transaction.chargingMs / 1000),
			...(stoppedReason === undefined ? {} : { stoppedReason }),
			...(authorization?.remoteStartId === undefined
				? {}
				: { remoteStartId: authorization.remoteStartId }),
		},
		...(authorization === undefined ? {} : { idToken: authorization.idToken }),
		...(Object.keys(extension).length > 1 ? { customData: { ...extension } } : {}),
		meterValue: meterValues({
			...happening,
			context: triggerReason === 'Trigger' ? 'Trigger' : SAMPLE_CONTEXTS[eventType],
		}),
	};
}
