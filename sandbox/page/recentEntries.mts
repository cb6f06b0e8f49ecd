/** The entries of a log that changed last, within a bound, each with the number of the sample that shows the change. */
export class RecentEntries<Entry> {
	readonly #samples = new Map<Entry, number>();

	constructor(private readonly bound: number) {}

	/** An entry is new, or has changed. @param sample the ID of the next sample */
	changed(entry: Entry, sample: number): void {
		this.#samples.delete(entry);
		this.#samples.set(entry, sample);
		for (const oldest of this.#samples.keys()) {
			if (this.#samples.size <= this.bound) break;
			this.#samples.delete(oldest);
		}
	}

	/** Those that changed after a sample. */
	after(sample: number): Entry[] {
		return [...this.#samples].filter(([, at]) => at > sample).map(([entry]) => entry);
	}

	clear(): void {
		this.#samples.clear();
	}
}
