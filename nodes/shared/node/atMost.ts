/** Does work of which only so much may be under way at the same time; the rest waits, in order. */
export type AtMost = <T>(work: () => Promise<T>) => Promise<T>;

/** @param count how much work may be under way at the same time */
export function atMost(count: number): AtMost {
	let free = count;
	const waiting: Array<() => void> = [];
	let next = 0;
	return async (work) => {
		if (free > 0) free--;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			if (next < waiting.length) waiting[next++]();
			else free++;
		}
	};
}
