/** The entries of a log that changed last, within a bound, each with the number of the update that shows the change. */
export class RecentEntries<Entry> {
	readonly #updates = new Map<Entry, number>();

	constructor(private readonly bound: number) {}

	/** An entry is new, or has changed. @param update the number of the next update */
	changed(entry: Entry, update: number): void {
		this.#updates.delete(entry);
		this.#updates.set(entry, update);
		for (const oldest of this.#updates.keys()) {
			if (this.#updates.size <= this.bound) break;
			this.#updates.delete(oldest);
		}
	}

	/** Those that changed after an update. */
	after(update: number): Entry[] {
		return [...this.#updates].filter(([, at]) => at > update).map(([entry]) => entry);
	}

	clear(): void {
		this.#updates.clear();
	}
}
