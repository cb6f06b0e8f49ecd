import type { IDataObject } from 'n8n-workflow';

import { cleanText } from '../chargeye/cleanText';
import { rangesIn } from '../charging/base/numbers';

/** The progress of a run: indexes of its input items, ascending. */
export interface Progress {
	done: readonly number[];
	failed: ReadonlyArray<{ itemIndex: number; reason: string }>;
	untried: readonly number[];
	/** The failed items with several stations. */
	stations?: readonly StationProgress[];
}

/** The progress of an item with several stations: their IDs. */
export interface StationProgress {
	itemIndex: number;
	done: readonly string[];
	failed: ReadonlyArray<{ stationId: string; reason: string }>;
	untried: readonly string[];
}

/** How many characters of a list of items go into a sentence; the error's context contains the whole list. */
const LONGEST_LIST = 200;

/** [0, 1, 2, 5] → "0-2, 5". @param indexes ascending */
export const rangesOf = (indexes: readonly number[]): string =>
	rangesIn(indexes)
		.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
		.join(', ');

/** What failed, grouped by reason, in the order in which the reasons first occur. */
function byReason<T>(
	failed: ReadonlyArray<{ reason: string }>,
	nameOf: (index: number) => T,
): Array<{ named: T[]; reason: string }> {
	const groups = new Map<string, T[]>();
	failed.forEach(({ reason }, index) => {
		const group = groups.get(reason);
		if (group) group.push(nameOf(index));
		else groups.set(reason, [nameOf(index)]);
	});
	return [...groups].map(([reason, named]) => ({ named, reason }));
}

function shortened(list: string): string {
	if (list.length <= LONGEST_LIST) return list;
	const comma = list.lastIndexOf(',', LONGEST_LIST);
	return `${list.slice(0, comma === -1 ? LONGEST_LIST : comma)} … (all in the error’s context)`;
}

const was = (count: number) => `${count} ${count === 1 ? 'was' : 'were'}`;

/** What is done, failed and not tried, in words. @param listOf the names as a list */
function inWords<T>(
	things: string,
	{ done, failed, untried }: Record<'done' | 'failed' | 'untried', readonly T[]>,
	listOf: (names: readonly T[]) => string,
): string {
	const total = done.length + failed.length + untried.length;
	const lists = [
		['Done', listOf(done)],
		['Failed', listOf(failed)],
		['Not tried', listOf(untried)],
	].filter(([, list]) => list !== '');
	return [
		`Of ${total} ${things} ${was(done.length)} done, ${failed.length} failed and ${was(untried.length)} not tried.`,
		...lists.map(([name, list]) => `${name}: ${shortened(list)}.`),
	].join(' ');
}

/**
 * "Of 4 items 1 was done, 1 failed and 2 were not tried. Done: 0. Failed: 1. Not tried: 2-3."
 * To resume the run, send the failed items, once fixed, and those not tried; then no item is sent twice.
 */
export const progressInWords = ({ done, failed, untried }: Progress): string =>
	inWords('items', { done, failed: failed.map(({ itemIndex }) => itemIndex), untried }, rangesOf);

const idsAsList = (ids: readonly string[]): string => cleanText(ids.join(', '), 2 * LONGEST_LIST);

/** IDs as a list for a sentence. */
const idsInWords = (ids: readonly string[]): string => shortened(idsAsList(ids));

/** "1 of 3 charging stations failed: C", or "1 of 3 charging stations was not tried" if none failed. */
export function failedInWords({ done, failed, untried }: StationProgress): string {
	const all = `${done.length + failed.length + untried.length} charging stations`;
	if (failed.length === 0) {
		return `${untried.length} of ${all} ${untried.length === 1 ? 'was' : 'were'} not tried`;
	}
	const ids = failed.map(({ stationId }) => stationId);
	return `${failed.length} of ${all} failed: ${idsInWords(ids)}`;
}

/** "Of 3 charging stations 2 were done, 1 failed and 0 were not tried. Done: A, B. Failed: C." */
export const stationsInWords = ({ done, failed, untried }: StationProgress): string =>
	inWords(
		'charging stations',
		{ done, failed: failed.map(({ stationId }) => stationId), untried },
		idsAsList,
	);

const failedStations = ({ failed }: StationProgress) =>
	byReason(failed, (index) => failed[index].stationId).map(({ named, reason }) => ({
		stations: named,
		reason,
	}));

/** How many reasons go into a text. */
const MOST_REASONS = 3;

/** Why stations failed: "A, B: The charger refused. …" */
export function reasonsInWords(progress: StationProgress): string {
	const groups = failedStations(progress);
	const more = groups.length - MOST_REASONS;
	return [
		...groups
			.slice(0, MOST_REASONS)
			.map(({ stations, reason }) => `${idsInWords(stations)}: ${reason}`),
		...(more > 0
			? [`${more} more ${more === 1 ? 'reason' : 'reasons'} in the error’s context.`]
			: []),
	].join(' ');
}

/**
 * The progress as data, for workflows: `{done: "0", failed: [{items: "1", reason: "…"}], untried: "2-3"}`. Failed items
 * with several stations are also in `stations`:
 * `[{item: 1, done: ["A"], failed: [{stations: ["B"], reason: "…"}], untried: []}]`.
 */
export const progressAsData = ({
	done,
	failed,
	untried,
	stations = [],
}: Progress): IDataObject => ({
	done: rangesOf(done),
	failed: byReason(failed, (index) => failed[index].itemIndex).map(({ named, reason }) => ({
		items: rangesOf(named),
		reason,
	})),
	untried: rangesOf(untried),
	...(stations.length > 0 && {
		stations: stations.map((progress) => ({
			item: progress.itemIndex,
			done: [...progress.done],
			failed: failedStations(progress),
			untried: [...progress.untried],
		})),
	}),
});
