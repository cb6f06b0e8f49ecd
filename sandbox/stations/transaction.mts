import { randomUUID } from 'node:crypto';
import type { ChargingState, IdToken } from '../ocpp/messages.mts';

/** How a driver or the cloud authorized a transaction. */
export interface Authorization {
	idToken: IdToken;
	remoteStartId?: number;
}

/** A transaction that runs on an EVSE. Times are epoch ms. */
export class Transaction {
	readonly id = randomUUID();
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

	constructor(readonly startedAt: number) {
		this.inStateSince = startedAt;
		this.lastSampleAt = startedAt;
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
