/** How often one request is repeated at most after temporary failures. */
const MAX_REPEATS = 4;

const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 20_000;

/** How many repeats a run may make without any answer, and how many each answer adds to that. */
const BUDGET = 100;
const EARNED_BY_ANSWER = 0.2;

/**
 * Limits how often the requests of a run are repeated after failures: each request a few times, and all together by one
 * budget that answers fill up again (as in gRPC's retry throttling). So a server that is down does not get several
 * requests for each of thousands of items.
 */
export class Repeats {
	private budget = BUDGET;

	/** @param random gives a number from 0 up to, but not including, 1 */
	constructor(private readonly random: () => number) {}

	/** Adds to the budget after a request was answered. */
	answered(): void {
		this.budget = Math.min(BUDGET, this.budget + EARNED_BY_ANSWER);
	}

	/**
	 * Takes a repeat from the budget.
	 * @param repeats how often the request was repeated already
	 * @returns how long to wait before the repeat (ms): exponential, with jitter; undefined if it must not be repeated
	 */
	nextBackOffMs(repeats: number): number | undefined {
		if (repeats >= MAX_REPEATS || this.budget < 1) return undefined;
		this.budget--;
		const longestMs = Math.min(FIRST_BACK_OFF_MS * 2 ** repeats, LONGEST_BACK_OFF_MS);
		return longestMs * (0.5 + this.random() / 2);
	}
}
