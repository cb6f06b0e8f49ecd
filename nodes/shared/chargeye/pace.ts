/** What the pace needs of its surroundings; tests bring their own. */
export interface Clock {
	/** ms */
	now(): number;
	sleep(ms: number): Promise<void>;
	/** From 0 up to 1. */
	random(): number;
}

/** CUBIC's multiplicative decrease: what is left of the rate after a 429 (RFC 9438, section 4.6). */
const DECREASE = 0.7;

/** CUBIC's scaling constant, here in requests/s for each s³: how steeply the rate grows again. */
const GROWTH = 2;

/** The shortest pause after a 429, whatever the API asks, and the longest that we choose ourselves (ms). */
const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 20_000;

/** How much longer than asked a pause may be, so that runs side by side do not go on at the same moment. */
const JITTER = 0.05;
const LONGEST_JITTER_MS = 500;

/** How long to nap at most before looking again whether the run was cancelled or stopped (ms). */
const NAP_MS = 500;

/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, section 10.2.3).
 * @returns ms from now, never negative, or undefined if there is none to read
 */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
	const text = value?.trim() ?? '';
	if (/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text)) return Math.max(0, Number(text) * 1000);
	// Other texts with digits are dates to some engines: "-5 s" would be one in 2001.
	if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The time between two pauses. */
interface Phase {
	/** When it began (ms). */
	start: number;
	/** How many requests that were sent in it were answered. */
	answered: number;
	/** Set when it ends: how long it was (ms), and the rate that was allowed then (requests/s). */
	end?: { length: number; rate: number };
}

/** May send, came too late, or is not to send any more. */
export type Admission = 'late' | 'stopped' | Turn;

/** A request's permission to go out; it tells the pace what came of it. */
export interface Turn {
	/** It was answered, and not told to slow down. */
	answered(): void;
	/**
	 * The API asks to slow down (429, or 503 with Retry-After), which holds back all.
	 * @param askedMs undefined if it does not say how long; 0 if there is nothing to wait for
	 */
	throttled(askedMs: number | undefined): void;
}

/**
 * The pace of one run of a node, shared by all its requests: as fast as it can until the API asks to slow down. Then
 * all wait as asked, and go on at a rate.
 *
 * That rate is the one of CUBIC congestion control (RFC 9438), as AWS's SDKs use it for requests ("adaptive" retry
 * mode): it falls to 0.7 of what was just answered, comes back to that by a cubic curve, stays there for a while, and
 * then probes for more. So a single 429 costs the wait that it asks for, a lasting limit is found and kept, and runs
 * side by side share a limit without knowing of each other: who sends more is told more often to slow down.
 *
 * Bounds are absolute: nothing is admitted after the time limit, and without an answer the pauses grow.
 */
export class Pace {
	/** No request goes out before this (ms). */
	private opensAt: number;
	/** When the next request is due by the rate (ms). */
	private nextAt = 0;
	/** The rate at which the API last asked to slow down (requests/s). */
	private ceiling = Infinity;
	private phase: Phase;
	private lastPhase?: Phase;
	/** How many phases in a row ended without any answer. */
	private emptyPhases = 0;
	/** Requests wait in line, so that only the first one keeps time. */
	private line: Promise<unknown> = Promise.resolve();
	private readonly deadline: number;

	/**
	 * @param timeLimitMs how long the run may go on sending
	 * @param isStopped true once nothing more is to be sent
	 */
	constructor(
		private readonly clock: Clock,
		timeLimitMs: number,
		private readonly isStopped: () => boolean,
	) {
		this.opensAt = clock.now();
		this.phase = { start: this.opensAt, answered: 0 };
		this.deadline = this.opensAt + timeLimitMs;
	}

	/** How long the run may still go on (ms); 0 or less once the time limit is over. */
	get remainingMs(): number {
		return this.deadline - this.clock.now();
	}

	/** How long all still wait because the API asked them to (ms); 0 if it did not. */
	get pauseMs(): number {
		return Math.max(0, this.opensAt - this.clock.now());
	}

	/** Waits in line until a request may go out. */
	admit(): Promise<Admission> {
		const admission = this.line.then(() => this.admitNext());
		this.line = admission;
		return admission;
	}

	private async admitNext(): Promise<Admission> {
		const held = await this.holdUntil(() => Math.max(this.opensAt, this.nextAt));
		if (held !== 'over') return held;
		const now = this.clock.now();
		const rate = this.rateAt(now);
		const spacingMs = rate === Infinity ? 0 : (1000 / rate) * (0.5 + this.clock.random());
		this.nextAt = Math.max(this.nextAt, now) + spacingMs;
		const phase = this.phase;
		return {
			answered: () => this.answered(phase),
			throttled: (askedMs) => this.throttled(phase, askedMs),
		};
	}

	/** Waits before a repeat. @returns 'over' when it is over, else why there is no use in waiting */
	async wait(ms: number): Promise<'over' | 'late' | 'stopped'> {
		const end = this.clock.now() + ms;
		return await this.holdUntil(() => end);
	}

	/** The only place that looks at the time limit, and at whether the run was stopped. */
	private async holdUntil(due: () => number): Promise<'over' | 'late' | 'stopped'> {
		for (;;) {
			if (this.isStopped()) return 'stopped';
			const now = this.clock.now();
			const at = due();
			if (now >= this.deadline || at > this.deadline) return 'late';
			if (at <= now) return 'over';
			await this.clock.sleep(Math.min(at - now, NAP_MS));
		}
	}

	/** Requests a second, by CUBIC's curve (RFC 9438, figure 1). */
	private rateAt(now: number): number {
		if (this.ceiling === Infinity) return Infinity;
		const seconds = Math.max(0, now - this.opensAt) / 1000;
		const untilCeiling = Math.cbrt((this.ceiling * (1 - DECREASE)) / GROWTH);
		return GROWTH * (seconds - untilCeiling) ** 3 + this.ceiling;
	}

	private answered(phase: Phase): void {
		phase.answered++;
		if (phase === this.phase) this.emptyPhases = 0;
		else if (phase === this.lastPhase) this.lowerCeiling(phase);
	}

	private throttled(phase: Phase, askedMs: number | undefined): void {
		// "Retry-After: 0" while others are answered: there is nothing to wait for.
		if (askedMs === 0 && phase.answered > 0) return;
		const now = this.clock.now();
		if (phase === this.phase) {
			if (phase.answered === 0) this.emptyPhases++;
			phase.end = { length: Math.max(now - phase.start, 1), rate: this.rateAt(now) };
			this.lastPhase = phase;
			this.lowerCeiling(phase);
			this.phase = { start: 0, answered: 0 };
			this.opensAt = now;
		}
		const ownMs = Math.min(SHORTEST_PAUSE_MS * 2 ** this.emptyPhases, LONGEST_PAUSE_MS);
		const pauseMs = Math.max(askedMs ?? 0, ownMs);
		const jitterMs = Math.min(pauseMs * JITTER, LONGEST_JITTER_MS) * this.clock.random();
		this.opensAt = Math.max(this.opensAt, now + pauseMs + jitterMs);
		this.phase.start = this.opensAt;
		this.nextAt = this.opensAt;
	}

	/** The API allows no more than was answered; without any answer less than was sent. */
	private lowerCeiling({ answered, end }: Phase): void {
		if (end === undefined) return;
		const answeredRate = (Math.max(answered, 1) / end.length) * 1000;
		this.ceiling = Math.min(end.rate, answeredRate) * (answered === 0 ? DECREASE : 1);
	}
}
