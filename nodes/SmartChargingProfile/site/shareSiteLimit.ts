import type { LimitUnit } from '../../shared/charging/profile/limitUnit';
import { shareSite, type Share } from '../../shared/charging/site/share';
import { reasonOf, siteSummary, STEPS } from '../../shared/charging/site/shareWords';
import type { Calculation } from '../../shared/node/operation';
import { siteForm } from './siteForm';
import type { ReadStation } from './siteStations';

/** The Limit Type of Set Power Limit for a limit in this unit. */
const LIMIT_TYPES: Record<LimitUnit, string> = { A: 'acMaxPowerA', kW: 'acMaxPowerKw' };

/** What may not be as the user expects. */
function warningsOn(stations: readonly ReadStation[], shares: readonly Share[]): string[] {
	const paused = shares.filter(({ state }) => state === 'paused');
	const offline = stations.filter(({ isOffline, cars }) => isOffline && cars > 0);
	const idsOf = (some: ReadonlyArray<{ stationId: string }>) =>
		some.map(({ stationId }) => stationId).join(', ');
	return [
		...(paused.length > 0
			? [
					`The site limit is not enough for all: ${idsOf(paused.map(({ station }) => station))} ${paused.length === 1 ? 'pauses' : 'pause'} at 0. Share the limit again when cars leave.`,
				]
			: []),
		...(offline.length > 0
			? [
					`${idsOf(offline)}: offline. Until it is back, a charging station keeps to the limit that it has, which may be more than its share.`,
				]
			: []),
	];
}

/** Shares a site's limit among its charging stations: one item each, with a limit that is ready for Set Power Limit. */
export const shareSiteLimit: Calculation = {
	type: 'calculation',
	name: 'Share Site Limit',
	value: 'shareSiteLimit',
	action: 'Share site limit among charging stations',
	description:
		'Turn the limit of a whole site into a limit for each of its charging stations, ready for Set Power Limit. Where ChargEye’s own load balancing is licensed, that does this continuously.',
	fields: [siteForm],
	input: 'all',
	calculate(parameters, items) {
		const query = siteForm.read(parameters, items, Date.now() / 1000);
		const { unit, stations } = query;
		const shares = shareSite(query);
		const shared = { site: query, shares, unit };
		const summary = siteSummary(shared);
		const warnings = warningsOn(stations, shares);
		const outputs = shares.map((share, index) => ({
			share,
			// What a station gives up is sent before another one may take it.
			isLowered: share.limit < (stations[index].draws ?? 0),
		}));
		return {
			items: [
				...outputs.filter(({ isLowered }) => isLowered),
				...outputs.filter(({ isLowered }) => !isLowered),
			].map(({ share }) => ({
				stationId: share.station.stationId,
				limit: share.limit / STEPS[unit],
				limitType: LIMIT_TYPES[unit],
				state: share.state,
				reason: reasonOf(share, shared),
				summary,
				...(warnings.length > 0 && { warnings }),
			})),
			hints: warnings,
		};
	},
};
