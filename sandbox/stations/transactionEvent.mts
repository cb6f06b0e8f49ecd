import type { StationAsset } from '../fleet.mts';
import type { StoppedReason, TransactionEvent, TriggerReason } from '../ocpp/messages.mts';
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
	return {
		eventType,
		triggerReason: happening.triggerReason,
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
		meterValue: meterValues({ ...happening, context: SAMPLE_CONTEXTS[eventType] }),
	};
}
