/** How much a log keeps. */
export interface LogBounds {
	entries: number;
	/** Of JSON. */
	bytes: number;
}

/** The last entries of a log, oldest first, within bounds. */
export class BoundedLog<Entry extends object> {
	readonly #sizes = new Map<Entry, number>();
	readonly #listeners: Array<(entry: Entry) => void> = [];
	#bytes = 0;

	constructor(private readonly bounds: LogBounds) {}

	all(): Entry[] {
		return [...this.#sizes.keys()];
	}

	has(entry: Entry): boolean {
		return this.#sizes.has(entry);
	}

	/** Calls the listener with each entry that is added, or has changed. */
	onKept(listener: (entry: Entry) => void): void {
		this.#listeners.push(listener);
	}

	/** Adds an entry, or measures one again that has changed. */
	keep(entry: Entry): void {
		this.#measure(entry, JSON.stringify(entry).length - (this.#sizes.get(entry) ?? 0));
	}

	/** Measures only what an entry that is kept has got since. */
	keepWith(entry: Entry, addition: object): void {
		this.#measure(entry, JSON.stringify(addition).length);
	}

	#measure(entry: Entry, growth: number): void {
		this.#bytes += growth;
		this.#sizes.set(entry, (this.#sizes.get(entry) ?? 0) + growth);
		for (const [oldest, size] of this.#sizes) {
			if (this.#sizes.size <= this.bounds.entries && this.#bytes <= this.bounds.bytes) break;
			this.#sizes.delete(oldest);
			this.#bytes -= size;
		}
		for (const listener of this.#listeners) listener(entry);
	}

	clear(): void {
		this.#sizes.clear();
		this.#bytes = 0;
	}
}
