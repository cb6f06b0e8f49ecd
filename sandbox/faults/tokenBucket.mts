import type { RateLimit } from './fault.mts';

/** A token bucket: each request takes a token, and `perSecond` tokens come back until there are `burst`. */
export class TokenBucket {
	readonly #limit: RateLimit;
	readonly #now: () => number;
	#tokens: number;
	#filledAt: number;

	/** @param now a clock that is never set, ms */
	constructor(limit: RateLimit, now: () => number = () => performance.now()) {
		this.#limit = limit;
		this.#now = now;
		this.#tokens = limit.burst;
		this.#filledAt = now();
	}

	/** Takes a token. @returns 0, or, if there is none, how long to wait for the next one (ms) */
	take(): number {
		const { perSecond, burst } = this.#limit;
		const now = this.#now();
		const filled = ((now - this.#filledAt) / 1000) * perSecond;
		this.#tokens = Math.min(burst, this.#tokens + filled);
		this.#filledAt = now;
		if (this.#tokens < 1) return ((1 - this.#tokens) / perSecond) * 1000;
		this.#tokens -= 1;
		return 0;
	}
}

/** The Retry-After header for a wait (ms). Both forms count whole seconds, so the time is rounded up. */
export function retryAfter(waitMs: number, form: RateLimit['retryAfter'] = 'seconds'): string {
	return form === 'seconds'
		? String(Math.ceil(waitMs / 1000))
		: new Date(Math.ceil((Date.now() + waitMs) / 1000) * 1000).toUTCString();
}
