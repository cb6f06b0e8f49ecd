/** For how many minutes a price can apply. */
export const RESOLUTIONS = [5, 15, 30, 60] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Which price is used in a gap of the list; `stop` refuses gaps. */
export type GapPrice = 'highest' | 'previous' | 'stop';

/** How a price list is made. */
export interface ListRules {
	/** If undefined, the resolution is derived from the prices. */
	resolution?: Resolution;
	gapPrice: GapPrice;
	/** Prices that end at or before this moment are left out (epoch seconds). */
	notBefore: number;
	nameOf(row: number): string;
	/** The input item of a row, if it comes from one. */
	itemOf?(row: number): number | undefined;
}

/** How messages name rows, and which items they belong to. */
export type Rows = Pick<ListRules, 'nameOf' | 'itemOf'>;
