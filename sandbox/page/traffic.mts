import type { LoggedMessage, MessageLog } from '../ocpp/messageLog.mts';
import type { LoggedRequest, RequestLog } from '../rest/requestLog.mts';
import { RecentEntries } from './recentEntries.mts';

/** A request to the REST API, without bodies. */
export interface RequestSummary {
	id: number;
	/** Simulated time, epoch ms. */
	time: number;
	/** Real time, epoch ms. */
	realTime: number;
	method: string;
	path: string;
	/** Absent while it is pending. */
	status?: number;
	durationMs?: number;
	/** Whether a fault hit it. */
	isHit: boolean;
}

/** An OCPP message, without bodies. */
export interface MessageSummary {
	messageId: string;
	/** Absent if no request to the REST API caused it. */
	requestId?: number;
	stationId: string;
	/** From the station's point of view. */
	direction: LoggedMessage['direction'];
	action: string;
	/** Simulated time, epoch ms. */
	time: number;
	/** Real time, epoch ms. */
	realTime: number;
	/** The answer's status, "Answered" if it has none, or the code of the error; absent while it is pending. */
	outcome?: string;
	durationMs?: number;
}

export interface TrafficSummary {
	requests: RequestSummary[];
	messages: MessageSummary[];
}

const SHOWN_REQUESTS = 200;
const SHOWN_MESSAGES = 200;
/** A request to a location has a message for each station. */
const SHOWN_CAUSED_MESSAGES = 1000;

/** The last requests to the REST API and OCPP messages, for the page. */
export class Traffic {
	readonly #requests = new RecentEntries<LoggedRequest>(SHOWN_REQUESTS);
	readonly #caused = new RecentEntries<LoggedMessage>(SHOWN_CAUSED_MESSAGES);
	readonly #others = new RecentEntries<LoggedMessage>(SHOWN_MESSAGES);

	/** @param nextUpdate the number of the next update */
	constructor(
		{ requests, messages }: { requests: RequestLog; messages: MessageLog },
		nextUpdate: () => number,
	) {
		requests.onChange((request) => this.#requests.changed(request, nextUpdate()));
		messages.onChange((message) => {
			const log = message.requestId === undefined ? this.#others : this.#caused;
			log.changed(message, nextUpdate());
		});
	}

	/** What is new, or has changed, after an update; requests and messages each in the order of their changes. */
	after(update: number): TrafficSummary {
		return {
			requests: this.#requests.after(update).map(summaryOfRequest),
			messages: [...this.#caused.after(update), ...this.#others.after(update)].map(
				summaryOfMessage,
			),
		};
	}

	clear(): void {
		for (const log of [this.#requests, this.#caused, this.#others]) log.clear();
	}
}

const summaryOfRequest = (request: LoggedRequest): RequestSummary => {
	const { id, time, realTime, method, path, status, durationMs, faults } = request;
	return {
		id,
		time: Date.parse(time),
		realTime: Date.parse(realTime),
		method,
		path,
		status,
		durationMs,
		isHit: faults !== undefined,
	};
};

function summaryOfMessage(message: LoggedMessage): MessageSummary {
	const { messageId, requestId, stationId, direction, action, time, realTime, durationMs } =
		message;
	return {
		messageId,
		requestId,
		stationId,
		direction,
		action,
		time: Date.parse(time),
		realTime: Date.parse(realTime),
		outcome: outcomeOf(message),
		durationMs,
	};
}

function outcomeOf({ answer, error }: LoggedMessage): string | undefined {
	if (error) return error.code;
	if (answer === undefined) return undefined;
	const { status, idTokenInfo } = answer as {
		status?: string;
		idTokenInfo?: { status: string };
	};
	return status ?? idTokenInfo?.status ?? 'Answered';
}
