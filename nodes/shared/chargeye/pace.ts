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

/** What is left of the spacing after each answer: after being throttled, the pace quickens again bit by bit. */
const QUICKEN = 0.9995;

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
 * Then all wait. What the API allows in that time goes out at once after it, and the rest is spaced to about the rate
 * that the API was seen to allow.
 */
export class Pace {
	/** No request goes out before this (ms). */
	private opensAt = 0;
	/** When the next request is due by the spacing (ms). */
	private nextAt = 0;
	/** The wait that was asked for last: the spacing makes up for so much at once (ms). */
	private waited = 0;
	/** Between two requests (ms); 0 until the API throttles. */
	private interval = 0;
	/** From the end of one pause to that of the next, and how many requests were answered in it. */
	private cycle: { start: number; answered: number };
	private lastCycle: { start: number; answered: number };
	private readonly deadline: number;

	constructor(
		private readonly clock: Clock,
		timeLimitMs: number,
	) {
		const start = clock.now();
		this.cycle = { start, answered: 0 };
		this.lastCycle = this.cycle;
		this.deadline = start + timeLimitMs;
	}

	/** Waits until a request may go out. @returns false if that would be after the time limit */
	async turn(isCancelled: () => boolean): Promise<boolean> {
		for (;;) {
			if (isCancelled()) return true;
			const now = this.clock.now();
			const due = Math.max(this.opensAt, this.nextAt);
			if (due <= now) {
				this.nextAt = Math.max(this.nextAt, now - this.waited) + this.interval;
				return true;
			}
			if (due > this.deadline) return false;
			// Short naps, so that a pause that was lengthened meanwhile and a cancellation are noticed.
			await this.clock.sleep(Math.min(due - now, 1000));
		}
	}

	/** A request was answered without being throttled; while that lasts, the pace quickens again. */
	answered(): void {
		if (this.clock.now() < this.opensAt) {
			// It went out before the pause.
			this.lastCycle.answered++;
			this.adjust();
		} else {
			this.cycle.answered++;
			this.interval *= QUICKEN;
		}
	}

	/** The API asks all to wait (429, or 503 with Retry-After). */
	throttled(waitMs: number): void {
		const now = this.clock.now();
		if (now >= this.opensAt) {
			this.lastCycle = this.cycle;
			this.cycle = { start: now, answered: 0 };
		}
		this.opensAt = Math.max(this.opensAt, now + waitMs);
		this.cycle.start = this.opensAt;
		this.waited = waitMs;
		this.nextAt = this.opensAt - waitMs;
		this.adjust();
	}

	/** Spaces requests by what was answered between the ends of the last two pauses. */
	private adjust(): void {
		const { start, answered } = this.lastCycle;
		if (answered === 0) return;
		// Time may also have passed for other reasons, so the wait that was asked for is the most.
		this.interval = Math.min((this.opensAt - start) / answered, this.waited);
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
