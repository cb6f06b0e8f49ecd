const TICK_MS = 200;

/** What lives in simulated time (epoch ms). */
export interface ClockFollower {
	/** Time has passed until a moment. */
	runTo(now: number): void;
	/** The clock was set: no time has passed. */
	jumpTo(now: number): void;
}

/**
 * The time of the simulated world: event times, schedules and charging follow it. It runs at a speed
 * (1 is real time, 60 is one minute per second) and can be set. Setting it only moves the hands: no time
 * passes, so no car charges during the jump.
 */
export class SimulatedClock {
	#speed: number;
	#simulatedAt: number;
	#realAt = Date.now();
	readonly #followers = new Set<ClockFollower>();
	readonly #timer: NodeJS.Timeout;

	/** @param now epoch ms */
	constructor({ now = Date.now(), speed = 1 }: { now?: number; speed?: number } = {}) {
		this.#simulatedAt = now;
		this.#speed = speed;
		this.#timer = setInterval(() => this.#tick(), TICK_MS);
		this.#timer.unref();
	}

	/** The simulated time, epoch ms. */
	now(): number {
		return Math.round(this.#simulatedAt + (Date.now() - this.#realAt) * this.#speed);
	}

	/** The simulated time as OCPP and the API write it: RFC 3339, UTC. */
	timestamp(): string {
		return new Date(this.now()).toISOString();
	}

	get speed(): number {
		return this.#speed;
	}

	/** Sets the time (epoch ms), the speed, or both; what is left out stays as it was. */
	set({ now, speed }: { now?: number; speed?: number }): void {
		this.#tick();
		this.#simulatedAt = now ?? this.now();
		this.#realAt = Date.now();
		this.#speed = speed ?? this.#speed;
		if (now !== undefined) for (const follower of this.#followers) follower.jumpTo(now);
	}

	/** Tells the follower the time at every tick and when it is set; returns a function that stops that. */
	follow(follower: ClockFollower): () => void {
		this.#followers.add(follower);
		return () => this.#followers.delete(follower);
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#followers.clear();
	}

	#tick(): void {
		const now = this.now();
		for (const follower of this.#followers) follower.runTo(now);
	}
}
