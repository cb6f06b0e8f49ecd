import type { EventEmitter } from 'node:events';
import { BoundedLog, type LogBounds } from '../boundedLog.mts';
import type { SimulatedClock } from '../clock.mts';

/** An OCPP message as the station saw it. */
export interface LoggedMessage {
	stationId: string;
	/** From the station's point of view. */
	direction: 'sent' | 'received';
	action: string;
	payload: unknown;
	/** The answer; absent while pending, and for ever if the station stalls. */
	answer?: unknown;
	/** The CALLERROR that was the answer, or the timeout. */
	error?: { code: string; description: string };
	/** Simulated time, RFC 3339. */
	time: string;
}

interface CallEvent {
	outbound: boolean;
	payload: [type: number, messageId: string, action: string, payload: unknown];
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

/** Whose end of a connection is followed. */
type Side = 'station' | 'csms';

/** The last messages that stations sent and received, oldest first. */
export class MessageLog {
	readonly #messages: BoundedLog<LoggedMessage>;

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

	/** Logs every message on a client's connections from now on. */
	follow(client: EventEmitter, stationId: string, side: Side): void {
		const pending = new Map<string, LoggedMessage>();
		const settle = (messageId: string, outcome: Pick<LoggedMessage, 'answer' | 'error'>): void => {
			const message = pending.get(messageId);
			pending.delete(messageId);
			if (message === undefined || !this.#messages.has(message)) return;
			Object.assign(message, outcome);
			this.#messages.keep(message);
		};
		client.on('call', ({ outbound, payload: [, messageId, action, payload] }: CallEvent) => {
			const message: LoggedMessage = {
				stationId,
				direction: outbound === (side === 'station') ? 'sent' : 'received',
				action,
				payload,
				time: this.clock.timestamp(),
			};
			this.#messages.keep(message);
			pending.set(messageId, message);
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
