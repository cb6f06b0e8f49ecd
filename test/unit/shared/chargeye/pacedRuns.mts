import { Pace, type Clock } from '../../../../nodes/shared/chargeye/pace.ts';

/** Time that passes only while all code sleeps, so that minutes take milliseconds. */
export class VirtualTime {
	now = 0;
	#waiting: Array<{ at: number; resume: () => void }> = [];

	readonly sleep = (ms: number): Promise<void> =>
		new Promise((resume) => {
			this.#waiting.push({ at: this.now + Math.max(0, ms), resume });
		});

	/** Lets time pass until the work is done. */
	async run(work: Promise<unknown>): Promise<void> {
		let done = false;
		void work.finally(() => (done = true));
		for (;;) {
			await new Promise(setImmediate);
			if (done) return;
			const next = Math.min(...this.#waiting.map(({ at }) => at));
			this.now = Math.max(this.now, next);
			const due = this.#waiting.filter(({ at }) => at <= this.now);
			this.#waiting = this.#waiting.filter(({ at }) => at > this.now);
			for (const { resume } of due) resume();
		}
	}
}

/** Gives numbers from 0 up to, but not including, 1: the same numbers for the same seed. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** Decides for a request how long the API asks to wait (ms); undefined if it answers. */
export type Throttle = (request: number, now: number) => number | undefined;

/** A token bucket. Without a token left, it asks to wait for a second. */
export function bucket(perSecond: number, burst: number): Throttle {
	let tokens = burst;
	let filledAt = 0;
	return (_request, now) => {
		tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
		filledAt = now;
		if (tokens < 1) return 1000;
		tokens -= 1;
		return undefined;
	};
}

/** Asks one request, by its number, to wait. */
export const oneThrottle =
	(request: number, waitMs: number): Throttle =>
	(number) =>
		number === request ? waitMs : undefined;

export interface Arrangement {
	/** How many runs there are at the same time, without knowledge of each other. */
	runs: number;
	/** How many requests each run sends. */
	items: number;
	atOnce: number;
	latencyMs: number;
	throttle: Throttle;
	seed: number;
	timeLimitS?: number;
}

export interface Outcome {
	/** How many requests reached the API. */
	sent: number;
	/** For each run, the number of its answers, and when the last one came (s). */
	runs: Array<{ done: number; seconds: number }>;
}

/** Simulates runs that send requests, each run with its own pace, in virtual time. */
export async function simulate(arrangement: Arrangement): Promise<Outcome> {
	const { runs, items, atOnce, latencyMs, throttle, seed, timeLimitS = 300 } = arrangement;
	const time = new VirtualTime();
	const random = seededRandom(seed);
	const clock: Clock = { nowMs: () => time.now, sleep: time.sleep, random };
	let sent = 0;
	const outcomes = Array.from({ length: runs }, () => ({ done: 0, seconds: 0 }));
	const run = async (outcome: { done: number; seconds: number }) => {
		await time.sleep(random() * 100);
		const pace = new Pace(clock, timeLimitS * 1000, () => undefined);
		let left = items;
		const worker = async () => {
			while (left > 0) {
				left--;
				for (;;) {
					const turn = await pace.admit();
					if (typeof turn === 'string') return;
					// The API decides when it receives a request; the answer takes the latency.
					const asked = throttle(++sent, time.now);
					await time.sleep(latencyMs * (0.9 + random() * 0.2));
					if (asked === undefined) {
						turn.answered();
						outcome.done++;
						outcome.seconds = time.now / 1000;
						break;
					}
					turn.throttled(asked);
				}
			}
		};
		await Promise.all(Array.from({ length: atOnce }, worker));
	};
	await time.run(Promise.all(outcomes.map(run)));
	return { sent, runs: outcomes };
}
