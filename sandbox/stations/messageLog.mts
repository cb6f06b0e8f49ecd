import type { RPCClient } from 'ocpp-rpc';
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

const KEPT = 1000;

/** The last messages that a station sent and received, oldest first. */
export class MessageLog {
	#messages: LoggedMessage[] = [];
	readonly #pending = new Map<string, LoggedMessage>();

	constructor(
		private readonly stationId: string,
		private readonly clock: SimulatedClock,
	) {}

	all(): readonly LoggedMessage[] {
		return this.#messages;
	}

	/** Logs every message on a client's connections from now on. */
	follow(client: RPCClient): void {
		client.on('call', ({ outbound, payload: [, messageId, action, payload] }: CallEvent) => {
			const message: LoggedMessage = {
				stationId: this.stationId,
				direction: outbound ? 'sent' : 'received',
				action,
				payload,
				time: this.clock.timestamp(),
			};
			this.#messages.push(message);
			if (this.#messages.length > KEPT) this.#messages.shift();
			this.#pending.set(messageId, message);
		});
		client.on('callResult', ({ messageId, result }: ResultEvent) => {
			// A stalled answer is ocpp-rpc's symbol NOREPLY.
			if (typeof result !== 'symbol') this.#settle(messageId, { answer: result });
		});
		client.on('callError', ({ messageId, error }: ErrorEvent) => {
			const { rpcErrorCode: code = 'NoAnswer', message: description } = error;
			this.#settle(messageId, { error: { code, description } });
		});
	}

	#settle(messageId: string, outcome: Pick<LoggedMessage, 'answer' | 'error'>): void {
		const message = this.#pending.get(messageId);
		if (message) Object.assign(message, outcome);
		this.#pending.delete(messageId);
	}
}
