import { InputError } from '../base/inputError';
import { isObject, type UnknownObject } from '../base/isObject';
import type { PriceRow } from '../prices/readPrices';

/** A price as a source states it, with what the source says about it. `factor` converts it to the currency per kWh. */
export interface FoundRow extends PriceRow {
	/** Such as a bidding zone, if the source has several. */
	area?: string;
	/** Such as "EUR"; undefined if the answer does not say it. */
	currency?: string;
}

/** What an object inherits from those that contain it. */
export interface Surroundings {
	/** The nearest field `currency`. */
	currency?: string;
}

/** A source of prices whose answers the node knows. */
export interface KnownSource {
	/** As its own makers write it. */
	name: string;
	/** What an answer looks like, as in "data[] with start_timestamp and marketprice". */
	shape: string;
	/** Fields that are not looked into. */
	ignored?: readonly string[];
	/** The area to prefer if there are several. */
	usualArea?: string;
	/**
	 * The rows of an object or a text of an answer; undefined if it has none of its own, so that what it contains is
	 * looked at.
	 * @param currency which the user wants
	 * @throws InputError
	 */
	rowsOf(
		value: UnknownObject | string,
		around: Surroundings,
		currency?: string,
	): FoundRow[] | undefined;
}

/** Real answers are less deep. */
const DEEPEST = 24;

/** The rows in an answer, wherever they are: several lists, wrapped or not. @throws InputError */
export function rowsIn(answer: unknown, source: KnownSource, currency?: string): FoundRow[] {
	const found: FoundRow[] = [];
	const look = (value: unknown, around: Surroundings, depth: number) => {
		if (depth > DEEPEST) return;
		if (Array.isArray(value)) {
			for (const entry of value) look(entry, around, depth + 1);
			return;
		}
		if (!isObject(value) && typeof value !== 'string') return;
		const rows = source.rowsOf(value, around, currency);
		if (rows !== undefined) {
			for (const row of rows) found.push(row);
			return;
		}
		if (typeof value === 'string') return;
		const inside = typeof value.currency === 'string' ? { currency: value.currency } : around;
		for (const [name, entry] of Object.entries(value)) {
			if (source.ignored?.includes(name) !== true) look(entry, inside, depth + 1);
		}
	};
	look(answer, {}, 0);
	return found;
}

const UNIT = /^\s*([A-Za-z]{3,4})\s*(?:\/|per)\s*([kKmM])Wh?\s*$/i;

/**
 * The currency of a unit such as "EUR / MWh", and what turns a price into the currency per kWh.
 * @param unit undefined or empty if the answer does not say it: EUR/MWh
 * @throws InputError if the unit is not known
 */
export function unitOf(unit: unknown): { currency: string; factor: number } {
	if (unit === undefined || unit === null || unit === '') return { currency: 'EUR', factor: 1e-3 };
	const match = typeof unit === 'string' ? UNIT.exec(unit) : null;
	if (!match) {
		throw new InputError(
			`The unit of the prices is ${JSON.stringify(unit)}, which is not known`,
			'Choose Other as the Price Source, and set the fields and the unit.',
		);
	}
	const perMwh = match[2].toLowerCase() === 'm' ? 1e-3 : 1;
	const isCents = /^cent$/i.test(match[1]);
	return {
		currency: isCents ? 'EUR' : match[1].toUpperCase(),
		factor: isCents ? perMwh / 100 : perMwh,
	};
}
