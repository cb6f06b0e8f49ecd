import type { RequestHandler } from 'express';
import { setTimeout as delay } from 'node:timers/promises';

/** A fault that the API is to show. */
export interface Fault {
	/** Only this operation; absent: every operation. */
	operationId?: string;
	/** The status to answer with; absent: the request is handled as usual (after `delayMs`). */
	status?: number;
	headers?: Record<string, string>;
	/** An object is sent as JSON, a string as it is. */
	body?: string | Record<string, unknown>;
	/** How long to wait before answering. */
	delayMs?: number;
	/** Break the connection instead of answering. */
	reset?: boolean;
	/** How many requests fail; absent: all until the faults are cleared. */
	times?: number;
}

/** The scripted faults of the REST API; the oldest one that fits is used first. */
export class Faults {
	#faults: Fault[] = [];

	add(fault: Fault): void {
		this.#faults.push({ ...fault });
	}

	clear(): void {
		this.#faults = [];
	}

	/** Applies the first fault that fits the operation. */
	readonly middleware: RequestHandler = async (request, response, next) => {
		const fault = this.#take(response.locals.operationId as string | undefined);
		if (fault?.delayMs !== undefined) await delay(fault.delayMs, undefined, { ref: false });
		if (fault?.reset) request.socket.resetAndDestroy();
		else if (fault?.status === undefined) next();
		else
			response
				.status(fault.status)
				.set(fault.headers ?? {})
				.send(fault.body);
	};

	#take(operationId: string | undefined): Fault | undefined {
		const index = this.#faults.findIndex(
			(fault) => fault.operationId === undefined || fault.operationId === operationId,
		);
		const fault = this.#faults[index];
		if (fault?.times !== undefined && --fault.times <= 0) this.#faults.splice(index, 1);
		return fault;
	}
}
