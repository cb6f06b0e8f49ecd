import { setTimeout as wait } from 'node:timers/promises';
import type { TransactionEvent } from '../ocpp/messages.mts';

/** How messages are delivered, as OCPPCommCtrlr says; in real time, at any speed of the clock. */
export interface Delivery {
	/** MessageTimeout: how long the CSMS may take to answer. */
	timeoutMs: number;
	/** MessageAttempts: how often a TransactionEvent is sent at most. */
	attempts: number;
	/** MessageAttemptInterval: the wait before an attempt, times the number of those before. */
	intervalMs: number;
}

export interface OutboxOptions {
	stationId: string;
	/** It may change. */
	delivery: Readonly<Delivery>;
	isOnline: () => boolean;
	/** Sends an event; rejects if the CSMS does not accept it or cannot be reached. */
	send: (event: TransactionEvent) => Promise<void>;
}

/**
 * The TransactionEvents that the CSMS has not answered yet. Those that happen while the station is offline are kept and sent in
 * order afterwards, marked `offline` (E04). One that the CSMS does not accept is sent again before those that follow it (E13).
 */
export class Outbox {
	readonly #options: OutboxOptions;
	readonly #events: TransactionEvent[] = [];
	#sending = false;
	#drained: Promise<void> = Promise.resolve();

	constructor(options: OutboxOptions) {
		this.#options = options;
	}

	/** The events that wait, oldest first. */
	all(): readonly TransactionEvent[] {
		return this.#events;
	}

	/** How many events wait. */
	get size(): number {
		return this.#events.length;
	}

	/** Whether events of a transaction wait. */
	has(transactionId: string): boolean {
		return this.#events.some(
			({ transactionInfo }) => transactionInfo.transactionId === transactionId,
		);
	}

	/** Sends an event when its turn comes. */
	add(event: TransactionEvent): void {
		this.#events.push(this.#options.isOnline() ? event : { ...event, offline: true });
		void this.drain();
	}

	/** Sends what waits. Resolves when nothing is left, or the CSMS cannot be reached. */
	drain(): Promise<void> {
		if (!this.#sending) {
			this.#sending = true;
			this.#drained = this.#send();
		}
		return this.#drained;
	}

	/** Resolves when the events so far have been sent, or the CSMS cannot be reached. */
	get drained(): Promise<void> {
		return this.#drained;
	}

	async #send(): Promise<void> {
		const { delivery, isOnline, send, stationId } = this.#options;
		let failures = 0;
		for (let event = this.#events.at(0); event && isOnline(); event = this.#events.at(0)) {
			try {
				await send(event);
			} catch (error) {
				// If the connection is lost, the event stays, and is sent when the CSMS can be reached again.
				if (!isOnline()) break;
				failures += 1;
				if (failures < delivery.attempts) {
					await pause(delivery.intervalMs * failures);
					continue;
				}
				console.error(`${stationId}: gave up TransactionEvent ${event.seqNo}: ${String(error)}`);
			}
			this.#events.shift();
			failures = 0;
		}
		this.#sending = false;
	}
}

/** Waits, without keeping the process alive. */
export const pause = (ms: number): Promise<void> => wait(ms, undefined, { ref: false });
