import type { RequestHandler, Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.mts';
import { fail, isFailure, refuseForNow, type SendAnswer } from './failures.mts';
import type { Fault } from './fault.mts';
import { retryAfter, TokenBucket } from './tokenBucket.mts';

/** A fault in force. */
export interface FaultInForce extends Fault {
	/** How many requests it has hit. */
	hits: number;
}

/** What happens to a request. */
interface Fate {
	/** The faults that hit it. */
	faults: Fault[];
	/** How long it takes before the effect and after it (ms). */
	delaysMs: { before: number; after: number };
	/** The fault that replaces the answer. */
	failure?: Fault;
	/** How long to wait, if there are too many requests: Retry-After. */
	wait?: string;
}

/**
 * The faults of the REST API. A request meets those that fit in the order in which they were added: delays add up, and
 * the first one that replaces the answer is the last one. All times are real, since its clients live in real time.
 */
export class Faults {
	readonly #random: Random;
	#active: Array<{ fault: FaultInForce; bucket?: TokenBucket }> = [];

	constructor(random: Random) {
		this.#random = random;
	}

	add(fault: Fault): void {
		const bucket = fault.rateLimit && new TokenBucket(fault.rateLimit);
		this.#active.push({ fault: { ...fault, hits: 0 }, bucket });
	}

	/** The faults in force, oldest first; `times` is how many requests each one still hits. */
	all(): FaultInForce[] {
		return this.#active.map(({ fault }) => fault);
	}

	clear(): void {
		this.#active = [];
	}

	/** Applies the faults that fit the operation; `response.locals.faults` are those that hit. */
	readonly middleware: RequestHandler = async (request, response, next) => {
		const { faults, delaysMs, failure, wait } = this.#fateOf(response.locals.operationId as string);
		response.locals.faults = faults;
		await pause(delaysMs.before);
		if (wait !== undefined) return refuseForNow(response, wait);
		if (failure && !isAfter(failure)) return fail(failure, request, response);
		if (failure || delaysMs.after > 0) {
			holdAnswer(response, async (sendAnswer) => {
				await pause(delaysMs.after);
				if (failure) fail(failure, request, response, sendAnswer);
				else sendAnswer();
			});
		}
		next();
	};

	#fateOf(operationId: string | undefined): Fate {
		const fate: Fate = { faults: [], delaysMs: { before: 0, after: 0 } };
		for (const { fault, bucket } of [...this.#active]) {
			if ((fault.operationId ?? operationId) !== operationId) continue;
			if (fault.probability !== undefined && !this.#random.happens(fault.probability)) continue;
			const waitMs = bucket?.take();
			if (waitMs === 0) continue;
			this.#count(fault);
			fate.faults.push(fault);
			const { delayMs = 0, spreadMs = 0 } = fault;
			const spread = spreadMs === 0 ? 0 : this.#random.between(0, spreadMs);
			fate.delaysMs[isAfter(fault) ? 'after' : 'before'] += delayMs + spread;
			if (waitMs !== undefined) {
				return { ...fate, wait: retryAfter(waitMs, fault.rateLimit?.retryAfter) };
			}
			if (isFailure(fault)) return { ...fate, failure: fault };
		}
		return fate;
	}

	#count(fault: FaultInForce): void {
		fault.hits += 1;
		if (fault.times === undefined) return;
		fault.times -= 1;
		if (fault.times <= 0) this.#active = this.#active.filter((active) => active.fault !== fault);
	}
}

/** Half of an answer can only be sent when there is one. */
const isAfter = ({ when, answer }: Fault): boolean => when === 'after' || answer === 'cutOff';

/** Calls a function when the API has its answer ready, instead of sending that. */
function holdAnswer(response: Response, ready: (sendAnswer: SendAnswer) => Promise<void>): void {
	const send = response.send.bind(response);
	response.send = (body) => {
		response.send = send;
		void ready(() => send(body));
		return response;
	};
}

/** Waits, without keeping the process alive. */
const pause = (ms: number): Promise<void> =>
	ms === 0 ? Promise.resolve() : delay(ms, undefined, { ref: false });
