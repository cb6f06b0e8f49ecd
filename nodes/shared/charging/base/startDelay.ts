import { hashNumberOf } from './hash';
import { sortedUnique, type Timeline } from './timeline';

/** By how much the limits of a charging station rise late. */
export interface StartDelay {
	stationId: string;
	/** Whole seconds. */
	seconds: number;
	/** The longest delay that any station can have. */
	most: number;
}

/** Limits over time; undefined is no limit, which is above all others. */
type Limits = Timeline<number | undefined>;

/**
 * The delay of a charging station: from 0 to so many minutes, in whole seconds, always the same for the same station
 * and most minutes. It is the hash of its ID modulo the number of possible delays, so that stations spread evenly.
 */
export const startDelayOf = (stationId: string, mostMinutes: number): number =>
	hashNumberOf(stationId) % (mostMinutes * 60 + 1);

/** A sentence for a summary. */
export const startDelayInWords = ({ stationId, seconds }: StartDelay): string =>
	`Every rise of the limit comes ${seconds} s late: this is the start delay of ${stationId}.`;

/**
 * Limits that fall on time and rise late: at each moment, the lowest of that moment and of the `delay` seconds before it.
 * What was before the timeline does not count.
 * @param limits in whole seconds
 * @param delay whole seconds; with 0 nothing changes
 * @param end where the timeline ends; without it, the last rise can be later than the last step
 */
export function delayed(limits: Limits, delay: number, end = Infinity): Limits {
	const starts = limits.map(({ from }) => from);
	// The lowest limit changes only where a limit begins to count or, `delay` after its end, counts no longer.
	const times = sortedUnique([...starts, ...starts.slice(1).map((from) => from + delay)]);
	const isLower = (one: number, other: number) =>
		(limits[one].value ?? Infinity) < (limits[other].value ?? Infinity);
	/** The steps that count or will count, ascending by limit: a step hides earlier ones that are not lower. */
	const counting: number[] = [];
	let first = 0;
	let next = 0;
	const steps: Array<Limits[number]> = [];
	for (const time of times) {
		if (time >= end) break;
		while (next < limits.length && limits[next].from <= time) {
			while (counting.length > first && !isLower(counting[counting.length - 1], next)) {
				counting.pop();
			}
			counting.push(next++);
		}
		while (counting[first] + 1 < limits.length && starts[counting[first] + 1] + delay <= time) {
			first++;
		}
		const { value } = limits[counting[first]];
		if (steps.length === 0 || steps[steps.length - 1].value !== value) {
			steps.push({ from: time, value });
		}
	}
	return steps;
}

/**
 * The same for limits that follow on others, such as those of the week before; on themselves if they repeat.
 * @param before the limits before, from 0 on
 * @param length of both, in seconds
 * @param delay at most `length`
 */
export function delayedAfter(
	before: Limits,
	limits: Limits,
	length: number,
	delay: number,
): Limits {
	const former = before.map(({ from, value }) => ({ from: from - length, value }));
	const steps = delayed([...former, ...limits], delay, length);
	const first = steps.filter(({ from }) => from <= 0).at(-1)!;
	return [{ from: 0, value: first.value }, ...steps.filter(({ from }) => from > 0)];
}
