import { randomUUID } from 'node:crypto';
import type { ChargingState, IdToken } from '../ocpp/messages.mts';

/** How a driver or the cloud authorized a transaction. */
export interface Authorization {
	idToken: IdToken;
	remoteStartId?: number;
}

/** All about a transaction. Times are epoch ms. */
export interface TransactionSnapshot {
	id: string;
	startedAt: number;
	authorization?: Authorization;
	authorizedAt?: number;
	energyOfferedAt?: number;
	chargingState: ChargingState;
	inStateSince: number;
	lastSampleAt: number;
	chargingMs: number;
	nextSeqNo: number;
}

/** A transaction that runs on an EVSE. Times are epoch ms. */
export class Transaction {
	authorization: Authorization | undefined;
	authorizedAt: number | undefined;
	/** When energy could first flow; Relative profiles start then. */
	energyOfferedAt: number | undefined;
	chargingState: ChargingState = 'Idle';
	/** When the chargingState began. */
	inStateSince: number;
	lastSampleAt: number;
	chargingMs = 0;
	#nextSeqNo = 0;

	constructor(
		readonly startedAt: number,
		readonly id: string = randomUUID(),
	) {
		this.inStateSince = startedAt;
		this.lastSampleAt = startedAt;
	}

	static restored({ id, startedAt, nextSeqNo, ...progress }: TransactionSnapshot): Transaction {
		const transaction = Object.assign(new Transaction(startedAt, id), progress);
		transaction.#nextSeqNo = nextSeqNo;
		return transaction;
	}

	snapshot(): TransactionSnapshot {
		// Its public properties are all there is besides the number of the next event.
		return { ...this, nextSeqNo: this.#nextSeqNo };
	}

	/** The seqNo of the next event; it grows by one with every event of a transaction. */
	nextSeqNo(): number {
		return this.#nextSeqNo++;
	}

	authorize(authorization: Authorization, at: number): void {
		this.authorization = authorization;
		this.authorizedAt = at;
	}

	/** Whether this is a change of state. */
	enter(chargingState: ChargingState, at: number): boolean {
		if (this.chargingState === chargingState) return false;
		this.chargingState = chargingState;
		this.inStateSince = at;
		return true;
	}
}
