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

	/** Adds an entry, or measures one again that has changed, unless it has been dropped. */
	keep(entry: Entry): void {
		const bytes = JSON.stringify(entry).length;
		this.#bytes += bytes - (this.#sizes.get(entry) ?? 0);
		this.#sizes.set(entry, bytes);
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
