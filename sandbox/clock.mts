const TICK_MS = 200;

/** Called with the simulated milliseconds that have passed since the last call. */
export type TickListener = (elapsedMs: number) => void;

/**
 * The time of the simulated world: event times, schedules and charging follow it. It runs at a speed
 * (1 is real time, 60 is one minute per second) and can be set. Setting it only moves the hands: no time
 * passes, so no car charges during the jump.
 */
export class SimulatedClock {
	#speed: number;
	#simulatedAt: number;
	#realAt = Date.now();
	#tickedAt: number;
	readonly #listeners = new Set<TickListener>();
	readonly #timer: NodeJS.Timeout;

	/** @param now epoch ms */
	constructor({ now = Date.now(), speed = 1 }: { now?: number; speed?: number } = {}) {
		this.#simulatedAt = now;
		this.#tickedAt = now;
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
		this.#tickedAt = this.#simulatedAt;
		this.#speed = speed ?? this.#speed;
		this.#tick();
	}

	/** Calls the listener on every tick and when the clock is set; returns a function that stops that. */
	onTick(listener: TickListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#listeners.clear();
	}

	#tick(): void {
		const now = this.now();
		const elapsedMs = Math.max(0, now - this.#tickedAt);
		this.#tickedAt = now;
		for (const listener of this.#listeners) listener(elapsedMs);
	}
}
