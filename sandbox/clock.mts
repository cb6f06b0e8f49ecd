/** How often the time of all followers passes. */
const ROUND_MS = 200;
/** A round is cut in parts, so that many followers do not hold up everything else for long. */
const PARTS = 10;
/** If the process is held up for longer than this, the rest passes in real time at most, not all at once at a high speed. */
const LATE_MS = 100;

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
 * passes, so no car charges during the jump. It waits while its followers cannot keep up,
 * and can be stopped at a moment exactly, at any speed.
 */
export class SimulatedClock {
	#speed: number;
	#simulatedAt: number;
	#realAt = Date.now();
	#isWaiting = false;
	#followers: ClockFollower[] = [];
	#next = 0;
	readonly #brakes = new Set<() => boolean>();
	readonly #timer: NodeJS.Timeout;
	/** Where it stands still until `goOn`. */
	#stop?: { at: number; reached: () => void };

	/** @param now epoch ms */
	constructor({ now = Date.now(), speed = 1 }: { now?: number; speed?: number } = {}) {
		this.#simulatedAt = now;
		this.#speed = speed;
		this.#timer = setInterval(() => this.#tick(), ROUND_MS / PARTS);
		this.#timer.unref();
	}

	/** The simulated time, epoch ms. */
	now(): number {
		return Math.round(this.#exactNow());
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
		this.#runTo(this.now(), this.#followers);
		// The stop is as far away as before.
		if (this.#stop && now !== undefined) this.#stop.at += now - this.now();
		this.#moveTo(now ?? this.#exactNow());
		this.#speed = speed ?? this.#speed;
		if (now !== undefined) for (const follower of [...this.#followers]) follower.jumpTo(now);
	}

	/**
	 * Lets some time pass (ms), then stands still until `goOn`. Resolves when all followers have reached that moment, or
	 * never, if something else is asked for before.
	 */
	passThenStop(ms: number): Promise<void> {
		const now = this.#exactNow();
		this.#moveTo(now);
		return new Promise((reached) => (this.#stop = { at: Math.round(now) + ms, reached }));
	}

	/** Lets time pass again. */
	goOn(): void {
		this.#moveTo(this.#exactNow());
		this.#stop = undefined;
	}

	/** Tells the follower the time at least five times a second and when it is set; returns a function that stops that. */
	follow(follower: ClockFollower): () => void {
		this.#followers = [...this.#followers, follower];
		return () => {
			this.#followers = this.#followers.filter((other) => other !== follower);
		};
	}

	/** Stops the time while this is true. It is asked fifty times a second. */
	waitWhile(isBehind: () => boolean): void {
		this.#brakes.add(isBehind);
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#followers = [];
	}

	#exactNow(): number {
		const elapsed = this.#isWaiting ? 0 : Date.now() - this.#realAt;
		const late = Math.max(0, elapsed - LATE_MS);
		const now =
			this.#simulatedAt + (elapsed - late) * this.#speed + late * Math.min(1, this.#speed);
		return Math.min(now, this.#stop?.at ?? Infinity);
	}

	#moveTo(now: number): void {
		this.#simulatedAt = now;
		this.#realAt = Date.now();
	}

	#tick(): void {
		this.#moveTo(this.#exactNow());
		if (this.#stop && this.now() >= this.#stop.at) {
			this.#runTo(this.#stop.at, this.#followers);
			this.#stop.reached();
		}
		this.#isWaiting = [...this.#brakes].some((isBehind) => isBehind());
		const count = Math.ceil(this.#followers.length / PARTS);
		if (this.#next >= this.#followers.length) this.#next = 0;
		const part = this.#followers.slice(this.#next, this.#next + count);
		this.#next += count;
		this.#runTo(this.now(), part);
	}

	#runTo(now: number, followers: readonly ClockFollower[]): void {
		for (const follower of followers) follower.runTo(now);
	}
}
