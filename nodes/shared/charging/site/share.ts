/**
 * A charging station at a site. Powers are in whole steps of one unit for the whole site, which is the finest limit that
 * chargers take: W, or tenths of an ampere per phase. Whole steps add up exactly.
 */
export interface SiteStation {
	stationId: string;
	/** How many cars want to charge; 0 if no transaction is running, or if none needs more energy. */
	cars: number;
	/** The least with which all its cars charge; without a car, the least with which one can start. */
	least: number;
	/** The most that it can draw, at least `least`; infinite if that is not known. */
	most: number;
	/** The energy that its cars still need. */
	needKwh?: number;
	/** The higher number goes first. */
	priority: number;
	/** When its car leaves, in epoch seconds. */
	departure?: number;
}

/**
 * How a site's limit is shared by the stations with cars.
 * - `equal`: each car the same.
 * - `need`: in proportion to the energy that cars still need.
 * - `rank`: the first in line get as much as they can take.
 */
export type ShareRule = 'equal' | 'need' | 'rank';

export interface Site {
	/** In steps. */
	limit: number;
	stations: readonly SiteStation[];
	rule: ShareRule;
	/** Whether stations without a car get their least, as far as cars leave it over. */
	reserves: boolean;
}

/** What a station gets. */
export interface Share {
	station: SiteStation;
	/** In steps: 0, or from the station's least to its most. */
	limit: number;
	/**
	 * - `charges`: it has cars, and they charge.
	 * - `paused`: it has cars, but its least does not fit into the site's limit beside those before it in line.
	 * - `reserved`: it has no car, and a car can start.
	 * - `empty`: it has no car and gets nothing.
	 */
	state: 'charges' | 'paused' | 'reserved' | 'empty';
	/** Its place among the stations with cars, from 1, by priority, then departure, then the order given. */
	place?: number;
}

/** Stations with cars first, then those with the higher priority, then those whose cars leave first. */
const byRank = (a: SiteStation, b: SiteStation): number =>
	Number(b.cars > 0) - Number(a.cars > 0) ||
	b.priority - a.priority ||
	// Two departures that are not known are equal; Infinity − Infinity would not be.
	((a.departure ?? Infinity) < (b.departure ?? Infinity) ? -1 : 0) ||
	((a.departure ?? Infinity) > (b.departure ?? Infinity) ? 1 : 0);

/** Those whose least fits beside the least of those before them. */
function fitting(line: readonly SiteStation[], limit: number): SiteStation[] {
	let left = limit;
	return line.filter(({ least }) => {
		const fits = least <= left;
		if (fits) left -= least;
		return fits;
	});
}

/** Each gets its least; what is left goes to the first in line, up to its most, then to the next. */
function fillInLine(line: readonly SiteStation[], limit: number): number[] {
	let left = limit - line.reduce((total, { least }) => total + least, 0);
	return line.map(({ least, most }) => {
		const more = Math.min(left, most - least);
		left -= more;
		return least + more;
	});
}

/**
 * Shares in proportion to weights, but none below its least or above its most: water that rises to one level in vessels
 * of different width, each with a floor and a lid. What rounding down leaves over goes to the first in line.
 */
function fillToLevel(
	line: readonly SiteStation[],
	weights: readonly number[],
	limit: number,
): number[] {
	const at = (level: number) =>
		line.map(({ least, most }, index) =>
			Math.max(least, Math.min(most, limit, Math.floor(weights[index] * level))),
		);
	const total = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0);
	let low = 0;
	let high = (limit + 1) / Math.min(...weights);
	if (total(at(high)) <= limit) return at(high);
	// Until no number lies between the two: then only stations that get one more step at the same level differ.
	for (;;) {
		const middle = low + (high - low) / 2;
		if (middle <= low || middle >= high) break;
		if (total(at(middle)) <= limit) low = middle;
		else high = middle;
	}
	const shares = at(low);
	let left = limit - total(shares);
	return at(high).map((next, index) => {
		const more = Math.min(left, next - shares[index]);
		left -= more;
		return shares[index] + more;
	});
}

const weightOf = ({ cars, needKwh }: SiteStation, rule: ShareRule): number =>
	rule === 'need' && needKwh !== undefined ? needKwh : cars;

/**
 * Shares a site's limit, so that
 * - the shares never add up to more than the limit;
 * - each is 0, or from the station's least to its most;
 * - as many as fit charge, from the first in line; the others pause;
 * - no station could get more unless another got less.
 * @returns the shares, in the order of the stations
 */
export function shareSite({ limit, stations, rule, reserves }: Site): Share[] {
	const line = stations.filter(({ cars }) => cars > 0 || reserves).sort(byRank);
	const inside = fitting(line, limit);
	const charging = inside.filter(({ cars }) => cars > 0);
	const reserved = inside.filter(({ cars }) => cars === 0);
	const forCars = limit - reserved.reduce((total, { least }) => total + least, 0);
	const shares =
		rule === 'rank' || charging.length === 0
			? fillInLine(charging, forCars)
			: fillToLevel(
					charging,
					charging.map((station) => weightOf(station, rule)),
					forCars,
				);
	const limits = new Map([
		...charging.map((station, index) => [station, shares[index]] as const),
		...reserved.map((station) => [station, station.least] as const),
	]);
	const places = new Map(line.map((station, index) => [station, index + 1]));
	return stations.map((station) => {
		const share = limits.get(station);
		const [got, lacks] =
			station.cars > 0 ? (['charges', 'paused'] as const) : (['reserved', 'empty'] as const);
		return {
			station,
			limit: share ?? 0,
			state: share === undefined ? lacks : got,
			...(station.cars > 0 && { place: places.get(station) }),
		};
	});
}
