import { rounded } from '../base/numbers';
import type { LimitUnit } from '../profile/limitUnit';
import type { Share, ShareRule, Site } from './share';

/** What the powers of a site are counted in: W, or tenths of an ampere. */
export const STEPS: Record<LimitUnit, number> = { kW: 1000, A: 10 };

/** A power in its unit: 4140 → "4.14 kW". */
export const stepsInWords = (steps: number, unit: LimitUnit): string =>
	`${steps / STEPS[unit]} ${unit}`;

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** A site whose limit is shared. */
export interface SharedSite {
	site: Site;
	shares: readonly Share[];
	unit: LimitUnit;
}

const RULES: Record<ShareRule, string> = {
	equal: 'in equal shares for each car',
	need: 'by the energy that cars still need',
	rank: 'by priority and departure',
};

/** Why a station with cars that charge gets what it gets. */
function reasonToCharge(share: Share, { site, shares, unit }: SharedSite): string {
	const { station, limit, place } = share;
	const { cars, least, most, needKwh } = station;
	const charging = shares.filter(({ state }) => state === 'charges');
	if (limit === most) return `This is the most that the station can draw.`;
	if (limit === least && limit > 0) {
		return `This is the least with which ${cars === 1 ? 'its car charges' : `its ${cars} cars charge`}.`;
	}
	switch (site.rule) {
		case 'equal': {
			const all = charging.reduce((total, other) => total + other.station.cars, 0);
			return `An equal share for ${cars === 1 ? 'its car' : `its ${cars} cars`}: ${counted(all, 'car')} charge${all === 1 ? 's' : ''} within ${stepsInWords(site.limit, unit)}.`;
		}
		case 'need': {
			const all = charging.reduce((total, other) => total + (other.station.needKwh ?? 0), 0);
			return `A share by need: ${rounded(needKwh ?? 0, 3)} of the ${rounded(all, 3)} kWh that are still needed.`;
		}
		case 'rank':
			return `It is number ${place} of ${charging.length} by priority and departure.`;
	}
}

/** Why a station gets its share, in a sentence. */
export function reasonOf(share: Share, shared: SharedSite): string {
	const { station, place } = share;
	const { unit, site } = shared;
	const least = stepsInWords(station.least, unit);
	switch (share.state) {
		case 'charges':
			return reasonToCharge(share, shared);
		case 'paused':
			return `Paused on purpose, as number ${place} by priority and departure: the ${least} with which ${station.cars === 1 ? 'its car charges' : `its ${station.cars} cars charge`} at least do not fit into the site limit of ${stepsInWords(site.limit, unit)} beside those before it.`;
		case 'reserved':
			return 'No car: this is reserved, so that one can start charging.';
		case 'empty':
			return site.reserves
				? `No car, and the ${least} with which one can start are not left over.`
				: 'No car: nothing is reserved, and none can start charging until the site limit is shared again.';
	}
}

/** Describes how a site's limit is shared, in a sentence or two. */
export function siteSummary({ site, shares, unit }: SharedSite): string {
	const total = shares.reduce((sum, { limit }) => sum + limit, 0);
	const of = (state: Share['state']) => shares.filter((share) => share.state === state);
	const facts = [
		`${counted(of('charges').length, 'station')} with cars`,
		...(of('reserved').length > 0 ? [`${of('reserved').length} with a reserve`] : []),
	];
	return [
		`${stepsInWords(total, unit)} of ${stepsInWords(site.limit, unit)} go to ${facts.join(' and ')}, ${RULES[site.rule]}.`,
		...(of('paused').length > 0
			? [
					`Paused at 0: ${of('paused')
						.map(({ station }) => station.stationId)
						.join(', ')}.`,
				]
			: []),
	].join(' ');
}
