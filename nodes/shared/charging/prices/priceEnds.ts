import { InputError } from '../base/inputError';
import { utcText } from '../base/timeTexts';
import { RESOLUTIONS, type ListRules, type Rows } from './listRules';
import type { Quote } from './readPrices';

/** A price that says when it ends (epoch seconds). */
export type TimedQuote = Quote & { end: number };

/**
 * Adds the ends of prices that do not state them. All of them apply for the same time, except where longer ones come
 * before the shorter ones or after them: hours followed by quarter hours remain hours.
 * @param quotes in order of time, at least one
 * @returns the prices, and for how many minutes the shortest applies
 * @throws InputError if the starts do not fit together
 */
export function withEnds(
	quotes: readonly Quote[],
	rules: ListRules,
): { timed: TimedQuote[]; resolution: number } {
	const open = quotes.filter(({ end }) => end === undefined);
	const resolution = rules.resolution ?? (open.length > 0 ? resolutionOf(open, rules) : undefined);
	const ends: number[] = [];
	if (resolution !== undefined) {
		const length = resolution * 60;
		checkResolution(open, length, rules);
		const lengths = rules.resolution === undefined ? lengthsOf(open, length) : undefined;
		open.forEach(({ start }, index) => ends.push(start + (lengths?.[index] ?? length)));
	}
	let next = 0;
	// Without object spread, which is slow for a year of quarter hours.
	const timed = quotes.map(
		({ start, end, price, row, rank }): TimedQuote => ({
			start,
			end: end ?? ends[next++],
			price,
			row,
			rank,
		}),
	);
	const shortest = timed.reduce((least, { start, end }) => Math.min(least, end - start), Infinity);
	return { timed, resolution: shortest / 60 };
}

/** The length of each price in seconds: longer ones at the beginning and at the end keep theirs. */
function lengthsOf(quotes: readonly Quote[], shortest: number): number[] {
	const lengths = quotes.map(() => shortest);
	const first = longerAt(quotes, 0, shortest);
	for (
		let index = 0;
		first !== undefined && quotes[index + 1].start - quotes[index].start === first;

	) {
		lengths[index++] = first;
	}
	const end = quotes.length - 1;
	const last = longerAt(quotes, end - 1, shortest);
	// A single long step at the end may as well be a gap.
	if (last === undefined || longerAt(quotes, end - 2, shortest) !== last) return lengths;
	lengths[end] = last;
	for (
		let index = end - 1;
		index >= 0 && quotes[index + 1].start - quotes[index].start === last;

	) {
		lengths[index--] = last;
	}
	return lengths;
}

/** The seconds to the next price, if a price that starts here can apply so long. */
function longerAt(quotes: readonly Quote[], index: number, shortest: number): number | undefined {
	if (index < 0 || index + 1 >= quotes.length) return undefined;
	const length = quotes[index + 1].start - quotes[index].start;
	const fits = isResolution(length / 60) && quotes[index].start % length === 0;
	return fits && length > shortest ? length : undefined;
}

/** The shortest time between two starts, in minutes. @throws InputError if prices cannot apply so long */
function resolutionOf(quotes: readonly Quote[], { nameOf, itemOf }: Rows): number {
	if (quotes.length === 1) {
		throw new InputError(
			'There is only one price, which does not show how long it applies',
			'Set this with the option Resolution.',
		);
	}
	let closest = 1;
	for (let index = 2; index < quotes.length; index++) {
		if (secondsBefore(quotes, index) < secondsBefore(quotes, closest)) closest = index;
	}
	const minutes = secondsBefore(quotes, closest) / 60;
	if (isResolution(minutes)) return minutes;
	const [one, other] = [quotes[closest - 1], quotes[closest]].map(({ row }) => nameOf(row));
	throw new InputError(
		`${one} and ${other} are closest, and start ${minutes} minutes apart`,
		'Prices apply for 5, 15, 30 or 60 minutes. Check the start times, or set the option Resolution.',
		itemOf?.(quotes[closest].row),
	);
}

/** @throws InputError if two starts are not a multiple of the resolution apart */
function checkResolution(quotes: readonly Quote[], length: number, { nameOf, itemOf }: Rows): void {
	for (let index = 1; index < quotes.length; index++) {
		if (secondsBefore(quotes, index) % length === 0) continue;
		const [one, other] = [quotes[index - 1], quotes[index]];
		throw new InputError(
			`${nameOf(one.row)} starts at ${utcText(one.start)} and ${nameOf(other.row)} at ${utcText(other.start)}, which does not fit prices of ${length / 60} minutes`,
			'Check the start times, and the option Resolution.',
			itemOf?.(other.row),
		);
	}
}

const secondsBefore = (quotes: readonly Quote[], index: number): number =>
	quotes[index].start - quotes[index - 1].start;

const isResolution = (minutes: number): boolean =>
	RESOLUTIONS.some((resolution) => resolution === minutes);
