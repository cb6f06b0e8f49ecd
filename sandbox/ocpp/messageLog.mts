import type { EventEmitter } from 'node:events';
import { BoundedLog, type LogBounds } from '../boundedLog.mts';
import type { SimulatedClock } from '../clock.mts';
import { currentRequest } from '../currentRequest.mts';
import { millisecondsSince } from '../milliseconds.mts';

/** An OCPP message as the station saw it. */
export interface LoggedMessage {
	/** OCPP's ID of the call. */
	messageId: string;
	/** The ID of the REST request that caused it; absent if none did. */
	requestId?: number;
	stationId: string;
	/** From the station's point of view. */
	direction: 'sent' | 'received';
	action: string;
	payload: unknown;
	/** The answer; absent while pending. */
	answer?: unknown;
	/** The CALLERROR that was the answer, or the timeout. */
	error?: { code: string; description: string };
	/** From the call to its answer, in real time. */
	durationMs?: number;
	/** Simulated time, RFC 3339. */
	time: string;
	/** Real time, RFC 3339. */
	realTime: string;
}

interface CallEvent {
	outbound: boolean;
	payload: [type: number, messageId: string, action: string, payload: object];
}

interface ResultEvent {
	outbound: boolean;
	messageId: string;
	result: unknown;
}

interface ErrorEvent {
	outbound: boolean;
	messageId: string;
	error: Error & { rpcErrorCode?: string };
}

const BOUNDS: LogBounds = { entries: 20_000, bytes: 16_000_000 };

/** Whose end of a connection is followed. Each message is to be logged at one end only. */
type Side = 'station' | 'csms';

/** The last messages that stations sent and received, oldest first. */
export class MessageLog {
	readonly #messages: BoundedLog<LoggedMessage>;
	/** The REST requests that cause calls, by payload. */
	readonly #causes = new WeakMap<object, number>();

	constructor(
		private readonly clock: SimulatedClock,
		bounds: LogBounds = BOUNDS,
	) {
		this.#messages = new BoundedLog(bounds);
	}

	all(): LoggedMessage[] {
		return this.#messages.all();
	}

	clear(): void {
		this.#messages.clear();
	}

	/** Calls the listener with each message, and again when it is answered. */
	onChange(listener: (message: LoggedMessage) => void): void {
		this.#messages.onKept(listener);
	}

	/** Notes which REST request is being handled, as the cause of a call that is about to be made; it may wait for its turn. */
	noteCause(payload: object): void {
		const requestId = currentRequest.getStore();
		if (requestId !== undefined) this.#causes.set(payload, requestId);
	}

	/** Logs every message on a client's connections from now on. */
	follow(client: EventEmitter, stationId: string, side: Side): void {
		const pending = new Map<string, { message: LoggedMessage; began: number }>();
		const settle = (messageId: string, outcome: Pick<LoggedMessage, 'answer' | 'error'>): void => {
			const call = pending.get(messageId);
			pending.delete(messageId);
			if (call === undefined || !this.#messages.has(call.message)) return;
			Object.assign(call.message, outcome, { durationMs: millisecondsSince(call.began) });
			this.#messages.keepWith(call.message, outcome);
		};
		client.on('call', ({ outbound, payload: [, messageId, action, payload] }: CallEvent) => {
			const message: LoggedMessage = {
				messageId,
				requestId: outbound ? this.#causes.get(payload) : undefined,
				stationId,
				direction: outbound === (side === 'station') ? 'sent' : 'received',
				action,
				payload,
				time: this.clock.timestamp(),
				realTime: new Date().toISOString(),
			};
			this.#messages.keep(message);
			pending.set(messageId, { message, began: performance.now() });
			// A station that stalls leaves calls pending for ever.
			if (pending.size > PENDING) pending.delete([...pending.keys()][0]);
		});
		client.on('callResult', ({ messageId, result }: ResultEvent) => {
			// A stalled answer is ocpp-rpc's symbol NOREPLY.
			if (typeof result !== 'symbol') settle(messageId, { answer: result });
		});
		client.on('callError', ({ messageId, error }: ErrorEvent) => {
			const { rpcErrorCode: code = 'NoAnswer', message: description } = error;
			settle(messageId, { error: { code, description } });
		});
	}
}

/** Each side has one call outstanding, so more than a few are stalled ones. */
const PENDING = 20;
