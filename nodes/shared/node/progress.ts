import type { IDataObject } from 'n8n-workflow';

/** The progress of a run: indexes of its input items, ascending. */
export interface Progress {
	done: readonly number[];
	failed: ReadonlyArray<{ itemIndex: number; reason: string }>;
	untried: readonly number[];
}

/** How many characters of a list of items go into a sentence; the error's context contains the whole list. */
const LONGEST_LIST = 200;

/** [0, 1, 2, 5] → "0-2, 5". @param indexes ascending */
export function rangesOf(indexes: readonly number[]): string {
	const ranges: Array<[number, number]> = [];
	for (const index of indexes) {
		const last = ranges.at(-1);
		if (last && index === last[1] + 1) last[1] = index;
		else ranges.push([index, index]);
	}
	return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

/** The failed items grouped by reason, in the order in which the reasons first occur. */
function byReason(failed: Progress['failed']): Array<{ items: string; reason: string }> {
	const indexes = new Map<string, number[]>();
	for (const { itemIndex, reason } of failed) {
		indexes.set(reason, [...(indexes.get(reason) ?? []), itemIndex]);
	}
	return [...indexes].map(([reason, items]) => ({ items: rangesOf(items), reason }));
}

const shortened = (list: string) =>
	list.length <= LONGEST_LIST
		? list
		: `${list.slice(0, list.lastIndexOf(',', LONGEST_LIST))} … (all in the error’s context)`;

const was = (count: number) => `${count} ${count === 1 ? 'was' : 'were'}`;

/**
 * "Of 4 items 1 was done, 1 failed and 2 were not tried. Done: 0. Failed: 1. Not tried: 2-3."
 * To resume the run, send the failed items, once fixed, and those not tried; then no item is sent twice.
 */
export function progressInWords({ done, failed, untried }: Progress): string {
	const total = done.length + failed.length + untried.length;
	const lists = [
		['Done', rangesOf(done)],
		['Failed', rangesOf(failed.map(({ itemIndex }) => itemIndex))],
		['Not tried', rangesOf(untried)],
	].filter(([, list]) => list !== '');
	return [
		`Of ${total} items ${was(done.length)} done, ${failed.length} failed and ${was(untried.length)} not tried.`,
		...lists.map(([name, list]) => `${name}: ${shortened(list)}.`),
	].join(' ');
}

/** The progress as data, for workflows: `{done: "0", failed: [{items: "1", reason: "…"}], untried: "2-3"}`. */
export const progressAsData = ({ done, failed, untried }: Progress): IDataObject => ({
	done: rangesOf(done),
	failed: byReason(failed),
	untried: rangesOf(untried),
});
