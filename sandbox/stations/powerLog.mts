/** What flows from a time on, and what may flow at most. */
export interface PowerChange {
	/** The station's time, epoch ms. */
	at: number;
	powerW: number;
	limitW: number;
}

/** A day of a busy station. */
const KEPT = 300;

/** The last changes of a station's power and limit. In between both are constant, so that this is all there is to know. */
export class PowerLog {
	#changes: PowerChange[] = [];
	#count = 0;
	#restarts = 0;

	get latest(): PowerChange | undefined {
		return this.#changes.at(-1);
	}

	/** How often the clock has been set: what was before has nothing to do with what follows. */
	get restarts(): number {
		return this.#restarts;
	}

	/** How many changes there have been since the clock was set. */
	get count(): number {
		return this.#count;
	}

	/** The changes after the first ones, oldest first, as far as they are kept. */
	after(count: number): readonly PowerChange[] {
		return count < this.#count ? this.#changes.slice(count - this.#count) : [];
	}

	/** What flows and may flow at a time; of several at one time the last counts. */
	add(change: PowerChange): void {
		const { latest } = this;
		if (latest?.powerW === change.powerW && latest.limitW === change.limitW) return;
		this.#changes.push(change);
		this.#count += 1;
		if (this.#changes.length > KEPT) this.#changes.shift();
	}

	restart(): void {
		this.#changes = [];
		this.#count = 0;
		this.#restarts += 1;
	}
}
