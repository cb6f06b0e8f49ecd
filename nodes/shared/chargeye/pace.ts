/** Time and chance, which tests replace. */
export interface Clock {
	nowMs(): number;
	sleep(ms: number): Promise<void>;
	/** @returns a number from 0 up to, but not including, 1 */
	random(): number;
}

/** CUBIC's multiplicative decrease: the factor by which a 429 lowers the rate (RFC 9438, section 4.6). */
const DECREASE = 0.7;

/** CUBIC's scaling constant, here in requests/s per s³: how steeply the rate grows again. */
const GROWTH = 2;

/** The shortest pause after a 429, whatever the API asks for, and the longest that the API did not ask for. */
const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 20_000;

/** By which part of itself a pause may be longer, so that parallel runs do not continue at the same moment. */
const JITTER = 0.05;
const LONGEST_JITTER_MS = 500;

/** How long to sleep at most before checking again whether the run was cancelled or stopped. */
const LONGEST_SLEEP_MS = 500;

/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, section 10.2.3).
 * @returns ms from now, never negative; undefined if the header is missing or unreadable
 */
export function readRetryAfterMs(value: string | undefined, nowMs: number): number | undefined {
	const text = value?.trim() ?? '';
	if (/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text)) return Math.max(0, Number(text) * 1000);
	// Some JavaScript engines read other texts with digits as dates: "-5 s" as one in 2001.
	if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
	const dateMs = Date.parse(text);
	return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/** The time between two pauses. */
interface Phase {
	startMs: number;
	/** How many of the requests sent in this phase were answered. */
	answered: number;
	/** Set when the phase ends: its length, and how many requests per second were allowed at its end. */
	end?: { lengthMs: number; ratePerSecond: number };
}

/** Why no more requests are sent: the time limit is over, another item failed, or the user cancelled the execution. */
export type RunEnd = 'late' | 'stopped' | 'cancelled';

/** Permission to send, or why there is none. */
export type Admission = RunEnd | Turn;

/** A request's permission to go out. The sender calls one of the functions to report the result to the pace. */
export interface Turn {
	/** The API answered, and did not ask to slow down. */
	answered(): void;
	/**
	 * The API asked to slow down (429, or 503 with Retry-After), which holds back all requests of the run.
	 * @param askedMs the wait that the API asks for; undefined if it names none
	 */
	throttled(askedMs: number | undefined): void;
}

/**
 * The pace of one run of a node, shared by all its requests. Requests go out without delay until the API asks to slow
 * down. Then all of them wait as asked, and continue at a limited rate.
 *
 * The rate follows CUBIC congestion control (RFC 9438), which AWS's SDKs also use for requests ("adaptive" retry mode):
 * it falls to 0.7 of the rate of recent answers, returns to that along a cubic curve, stays there for a while, and then
 * tries more. So a single 429 costs only the wait that it asks for; a lasting limit is found and kept; and parallel runs
 * share a limit without knowing of each other, because a run that sends more is asked more often to slow down.
 *
 * No request is admitted after the time limit. While there are no answers, the pauses grow.
 */
export class Pace {
	/** No request goes out before this time. */
	private opensAtMs: number;
	/** When the rate allows the next request. */
	private nextAtMs = 0;
	/** The rate at which the API last asked to slow down. */
	private ceilingPerSecond = Infinity;
	private phase: Phase;
	private lastPhase?: Phase;
	/** How many phases in a row ended without any answer. */
	private emptyPhases = 0;
	/** Requests wait in line, so that only the first one watches the clock. */
	private line: Promise<unknown> = Promise.resolve();
	private readonly deadlineMs: number;

	/**
	 * @param timeLimitMs for how long the run may send requests
	 * @param whyEnded why no more requests are to be sent; undefined while the run continues
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

	/** The time left for the run (ms); 0 or less once the time limit is over. */
	get remainingMs(): number {
		return this.deadlineMs - this.clock.nowMs();
	}

	/** How much longer all requests wait because the API asked them to (ms); 0 if it did not. */
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

	/** Waits before a repeat. @returns 'over' after the wait, otherwise why no more requests are sent */
	async wait(ms: number): Promise<'over' | RunEnd> {
		const endMs = this.clock.nowMs() + ms;
		return await this.holdUntil(() => endMs);
	}

	/** The only place that checks the time limit, and whether the run was stopped or cancelled. */
	private async holdUntil(dueMs: () => number): Promise<'over' | RunEnd> {
		for (;;) {
			const end = this.whyEnded();
			if (end !== undefined) return end;
			const nowMs = this.clock.nowMs();
			const atMs = dueMs();
			if (nowMs >= this.deadlineMs || atMs > this.deadlineMs) return 'late';
			if (atMs <= nowMs) return 'over';
			await this.clock.sleep(Math.min(atMs - nowMs, LONGEST_SLEEP_MS));
		}
	}

	/** Follows CUBIC's curve (RFC 9438, figure 1). */
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
		// "Retry-After: 0" while other requests are answered: a pause for all would be useless.
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

	/** The API allows at most the rate of its answers; if it answered nothing, less than the rate of requests. */
	private lowerCeiling({ answered, end }: Phase): void {
		if (end === undefined) return;
		const answeredPerSecond = (Math.max(answered, 1) / end.lengthMs) * 1000;
		this.ceilingPerSecond =
			Math.min(end.ratePerSecond, answeredPerSecond) * (answered === 0 ? DECREASE : 1);
	}
}
