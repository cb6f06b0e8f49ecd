/** What the pace needs of its surroundings; tests bring their own. */
export interface Clock {
	nowMs(): number;
	sleep(ms: number): Promise<void>;
	/** From 0 up to 1. */
	random(): number;
}

/** CUBIC's multiplicative decrease: what is left of the rate after a 429 (RFC 9438, section 4.6). */
const DECREASE = 0.7;

/** CUBIC's scaling constant, here in requests/s for each s³: how steeply the rate grows again. */
const GROWTH = 2;

/** The shortest pause after a 429, whatever the API asks, and the longest that we choose ourselves. */
const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 20_000;

/** How much longer than asked a pause may be, so that runs side by side do not go on at the same moment. */
const JITTER = 0.05;
const LONGEST_JITTER_MS = 500;

/** How long to nap at most before looking again whether the run was cancelled or stopped. */
const NAP_MS = 500;

/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, section 10.2.3).
 * @returns ms from now, never negative, or undefined if there is none to read
 */
export function readRetryAfterMs(value: string | undefined, nowMs: number): number | undefined {
	const text = value?.trim() ?? '';
	if (/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text)) return Math.max(0, Number(text) * 1000);
	// Other texts with digits are dates to some engines: "-5 s" would be one in 2001.
	if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
	const dateMs = Date.parse(text);
	return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/** The time between two pauses. */
interface Phase {
	startMs: number;
	/** How many requests that were sent in it were answered. */
	answered: number;
	/** Set when it ends: how long it was, and how many requests a second were allowed then. */
	end?: { lengthMs: number; ratePerSecond: number };
}

/** Why nothing more is sent: the time limit is over, another item failed, or the user cancelled the execution. */
export type RunEnd = 'late' | 'stopped' | 'cancelled';

/** A turn to send, or why there is none. */
export type Admission = RunEnd | Turn;

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
	/** No request goes out before this. */
	private opensAtMs: number;
	/** When the next request is due by the rate. */
	private nextAtMs = 0;
	/** The rate at which the API last asked to slow down. */
	private ceilingPerSecond = Infinity;
	private phase: Phase;
	private lastPhase?: Phase;
	/** How many phases in a row ended without any answer. */
	private emptyPhases = 0;
	/** Requests wait in line, so that only the first one keeps time. */
	private line: Promise<unknown> = Promise.resolve();
	private readonly deadlineMs: number;

	/**
	 * @param timeLimitMs how long the run may go on sending
	 * @param whyEnded why nothing more is to be sent; undefined while the run goes on
	 */
	constructor(
		private readonly clock: Clock,
		timeLimitMs: number,
		private readonly whyEnded: () => Exclude<RunEnd, 'late'> | undefined,
	) {
		this.opensAtMs = clock.nowMs();
		this.phase = { startMs: this.opensAtMs, answered: 0 };
		this.deadlineMs = this.opensAtMs + timeLimitMs;
	}

	/** How long the run may still go on (ms); 0 or less once the time limit is over. */
	get remainingMs(): number {
		return this.deadlineMs - this.clock.nowMs();
	}

	/** How long all still wait because the API asked them to (ms); 0 if it did not. */
	get pauseMs(): number {
		return Math.max(0, this.opensAtMs - this.clock.nowMs());
	}

	/** Waits in line until a request may go out. */
	admit(): Promise<Admission> {
		const admission = this.line.then(() => this.admitNext());
		this.line = admission;
		return admission;
	}

	private async admitNext(): Promise<Admission> {
		const held = await this.holdUntil(() => Math.max(this.opensAtMs, this.nextAtMs));
		if (held !== 'over') return held;
		const nowMs = this.clock.nowMs();
		const perSecond = this.ratePerSecondAt(nowMs);
		const spacingMs = perSecond === Infinity ? 0 : (1000 / perSecond) * (0.5 + this.clock.random());
		this.nextAtMs = Math.max(this.nextAtMs, nowMs) + spacingMs;
		const phase = this.phase;
		return {
			answered: () => this.answered(phase),
			throttled: (askedMs) => this.throttled(phase, askedMs),
		};
	}

	/** Waits before a repeat. @returns 'over' when it is over, else why there is no use in waiting */
	async wait(ms: number): Promise<'over' | RunEnd> {
		const endMs = this.clock.nowMs() + ms;
		return await this.holdUntil(() => endMs);
	}

	/** The only place that looks at the time limit, and at whether the run was stopped or cancelled. */
	private async holdUntil(dueMs: () => number): Promise<'over' | RunEnd> {
		for (;;) {
			const end = this.whyEnded();
			if (end !== undefined) return end;
			const nowMs = this.clock.nowMs();
			const atMs = dueMs();
			if (nowMs >= this.deadlineMs || atMs > this.deadlineMs) return 'late';
			if (atMs <= nowMs) return 'over';
			await this.clock.sleep(Math.min(atMs - nowMs, NAP_MS));
		}
	}

	/** By CUBIC's curve (RFC 9438, figure 1). */
	private ratePerSecondAt(nowMs: number): number {
		if (this.ceilingPerSecond === Infinity) return Infinity;
		const seconds = Math.max(0, nowMs - this.opensAtMs) / 1000;
		const untilCeiling = Math.cbrt((this.ceilingPerSecond * (1 - DECREASE)) / GROWTH);
		return GROWTH * (seconds - untilCeiling) ** 3 + this.ceilingPerSecond;
	}

	private answered(phase: Phase): void {
		phase.answered++;
		if (phase === this.phase) this.emptyPhases = 0;
		else if (phase === this.lastPhase) this.lowerCeiling(phase);
	}

	private throttled(phase: Phase, askedMs: number | undefined): void {
		// "Retry-After: 0" while others are answered: there is nothing to wait for.
		if (askedMs === 0 && phase.answered > 0) return;
		const nowMs = this.clock.nowMs();
		if (phase === this.phase) {
			if (phase.answered === 0) this.emptyPhases++;
			phase.end = {
				lengthMs: Math.max(nowMs - phase.startMs, 1),
				ratePerSecond: this.ratePerSecondAt(nowMs),
			};
			this.lastPhase = phase;
			this.lowerCeiling(phase);
			this.phase = { startMs: 0, answered: 0 };
			this.opensAtMs = nowMs;
		}
		const ownMs = Math.min(SHORTEST_PAUSE_MS * 2 ** this.emptyPhases, LONGEST_PAUSE_MS);
		const pauseMs = Math.max(askedMs ?? 0, ownMs);
		const jitterMs = Math.min(pauseMs * JITTER, LONGEST_JITTER_MS) * this.clock.random();
		this.opensAtMs = Math.max(this.opensAtMs, nowMs + pauseMs + jitterMs);
		this.phase.startMs = this.opensAtMs;
		this.nextAtMs = this.opensAtMs;
	}

	/** The API allows no more than was answered; without any answer less than was sent. */
	private lowerCeiling({ answered, end }: Phase): void {
		if (end === undefined) return;
		const answeredPerSecond = (Math.max(answered, 1) / end.lengthMs) * 1000;
		this.ceilingPerSecond =
			Math.min(end.ratePerSecond, answeredPerSecond) * (answered === 0 ? DECREASE : 1);
	}
}
