/** A part of every year, by its first and its last day as MM-DD; over New Year if it ends before it begins. */
export interface Season {
	from: string;
	until: string;
}

/** @param monthDay MM-DD */
export const isWithin = ({ from, until }: Season, monthDay: string): boolean =>
	from <= until ? from <= monthDay && monthDay <= until : from <= monthDay || monthDay <= until;

/** Whether two seasons share a day. */
export const seasonsMeet = (a: Season, b: Season): boolean =>
	isWithin(a, b.from) || isWithin(b, a.from);

/** The day after one in a leap year, as MM-DD. */
function dayAfter(monthDay: string): string {
	const date = new Date(`2024-${monthDay}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() + 1);
	return date.toISOString().slice(5, 10);
}

/** The days on which one of some seasons begins or has ended, as MM-DD, in order. */
export const seasonEdges = (seasons: readonly Season[]): string[] =>
	[...new Set(seasons.flatMap(({ from, until }) => [from, dayAfter(until)]))].sort();
