import type { ClockFollower } from '../clock.mts';

/**
 * A station's own clock: the simulated time, plus an offset that may grow. It tells a follower its own time. Setting it
 * moves only its hands, as setting the simulated time does. Times are epoch ms.
 */
export class OwnClock implements ClockFollower {
	/** How fast the offset grows: parts per million of the time that passes, less than 0 for a slow clock. */
	driftPpm = 0;
	#offsetMs = 0;

	/** @param simulatedNow when it begins */
	constructor(
		private simulatedNow: number,
		private readonly follower: ClockFollower,
	) {}

	/** How much it is ahead of the simulated time, ms. */
	get offsetMs(): number {
		return Math.round(this.#offsetMs);
	}

	/** Sets it to the simulated time plus an offset. */
	setOffset(offsetMs: number): void {
		if (offsetMs === this.#offsetMs) return;
		this.#offsetMs = offsetMs;
		this.follower.jumpTo(this.simulatedNow + this.offsetMs);
	}

	runTo(simulatedNow: number): void {
		this.#offsetMs += ((simulatedNow - this.simulatedNow) * this.driftPpm) / 1_000_000;
		this.simulatedNow = simulatedNow;
		this.follower.runTo(simulatedNow + this.offsetMs);
	}

	jumpTo(simulatedNow: number): void {
		this.simulatedNow = simulatedNow;
		this.follower.jumpTo(simulatedNow + this.offsetMs);
	}
}
