/** What the pace needs of its surroundings; tests bring their own. */
export interface Clock {
	/** ms */
	now(): number;
	sleep(ms: number): Promise<void>;
	/** From 0 up to 1. */
	random(): number;
}

/** How often a request is repeated after a failure that may pass. */
export const MAX_REPEATS = 4;

const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 20_000;

/** After being throttled, go on a little faster than the rate that was seen to be allowed. */
const PROBE = 1.2;
const QUICKEN = 0.999;

/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, section 10.2.3).
 * @returns ms from now, or undefined if there is none to read
 */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
	if (value === undefined) return undefined;
	const text = value.trim();
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * The pace of one run of a node, shared by all its requests: it goes as fast as it can until the API asks to wait.
 * Then all wait, and from then on requests are spaced to about the rate that the API was seen to allow.
 */
export class Pace {
	/** No request goes out before this (ms). */
	private nextAt = 0;
	/** Between two requests (ms); 0 until the API throttles. */
	private interval = 0;
	private cycleStart: number;
	private answeredInCycle = 0;
	private readonly deadline: number;

	constructor(
		private readonly clock: Clock,
		timeLimitMs: number,
	) {
		this.cycleStart = clock.now();
		this.deadline = this.cycleStart + timeLimitMs;
	}

	/** Waits until a request may go out. @returns false if that would be after the time limit */
	async turn(isCancelled: () => boolean): Promise<boolean> {
		for (;;) {
			if (isCancelled()) return true;
			const now = this.clock.now();
			if (this.nextAt <= now) {
				this.nextAt = Math.max(this.nextAt, now - this.interval) + this.interval;
				return true;
			}
			if (this.nextAt > this.deadline) return false;
			// Short naps, so that a pause that was lengthened meanwhile and a cancellation are noticed.
			await this.clock.sleep(Math.min(this.nextAt - now, 1000));
		}
	}

	/** A request was answered without being throttled; while that lasts, the pace quickens again. */
	answered(): void {
		this.answeredInCycle++;
		this.interval *= QUICKEN;
	}

	/** The API asks all to wait (429, or 503 with Retry-After). */
	throttled(waitMs: number): void {
		const now = this.clock.now();
		const until = now + waitMs;
		if (until <= this.nextAt && this.answeredInCycle === 0) return;
		if (this.answeredInCycle > 0) {
			// Time may also have passed for other reasons, so the wait that was asked for is the most.
			const allowed = (until - this.cycleStart) / this.answeredInCycle / PROBE;
			this.interval = Math.min(allowed, waitMs);
			this.cycleStart = until;
			this.answeredInCycle = 0;
		}
		this.nextAt = Math.max(this.nextAt, until);
	}

	/** The wait before repeat number `repeat` (0, 1, …): exponential, with full jitter (ms). */
	backOff(repeat: number): number {
		const longest = Math.min(FIRST_BACK_OFF_MS * 2 ** repeat, LONGEST_BACK_OFF_MS);
		return longest * (0.5 + this.clock.random() / 2);
	}

	/** Waits for a repeat. @returns false, without waiting, if that would pass the time limit */
	async wait(ms: number): Promise<boolean> {
		if (this.clock.now() + ms > this.deadline) return false;
		await this.clock.sleep(ms);
		return true;
	}
}
