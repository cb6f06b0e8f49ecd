/** A stretch of time [from, to), in seconds. */
export interface Span {
	from: number;
	to: number;
}

/** A value that claims a stretch of time. */
export interface Claim<T> extends Span {
	value: T;
}

/** A value over time: each step applies from its second to the next step, the last one to the end. */
export type Timeline<T> = ReadonlyArray<{ from: number; value: T }>;

/**
 * Which value applies at each second of [0, length): where claims overlap, the earlier one in the list wins; where
 * there is no claim, the value is undefined. Claims must lie within the length.
 *
 * Earlier claims take their slots first, and `nextFree` skips slots that are taken: so the cost grows only with the
 * number of claims, however much they overlap.
 */
export function overlay<T>(length: number, claims: readonly Claim<T>[]): Timeline<T | undefined> {
	const starts = claims.map(({ from }) => from);
	const ends = claims.map(({ to }) => to);
	const times = sortedUnique([0, length, ...starts, ...ends]);
	const slotAt = new Map<number, number>();
	times.forEach((time, slot) => slotAt.set(time, slot));
	const nextFree = Int32Array.from(times.keys());
	const freeFrom = (slot: number): number => {
		while (nextFree[slot] !== slot) slot = nextFree[slot] = nextFree[nextFree[slot]];
		return slot;
	};

	const slots = new Array<T | undefined>(times.length - 1).fill(undefined);
	for (const { from, to, value } of claims) {
		const end = slotAt.get(to) ?? 0;
		for (let slot = freeFrom(slotAt.get(from) ?? end); slot < end; slot = freeFrom(slot)) {
			slots[slot] = value;
			nextFree[slot] = slot + 1;
		}
	}
	return slots
		.map((value, slot) => ({ from: times[slot], value }))
		.filter(({ value }, slot) => slot === 0 || value !== slots[slot - 1]);
}

/** Merges timelines that start at the same second: `merge` gets their values, in the order of the timelines. */
export function combine<T, R>(
	timelines: ReadonlyArray<Timeline<T>>,
	merge: (values: T[]) => R,
): Timeline<R> {
	const cursors = timelines.map(() => 0);
	const times = sortedUnique(timelines.flatMap((steps) => steps.map(({ from }) => from)));
	return Array.from(times, (from) => {
		const values = timelines.map((steps, index) => {
			const next = cursors[index] + 1;
			if (next < steps.length && steps[next].from === from) cursors[index] = next;
			return steps[cursors[index]].value;
		});
		return { from, value: merge(values) };
	});
}

export function sortedUnique(times: number[]): Float64Array {
	const sorted = new Float64Array(times).sort();
	return sorted.filter((time, index) => index === 0 || time !== sorted[index - 1]);
}
