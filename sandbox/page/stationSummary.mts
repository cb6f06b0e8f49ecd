import type { Station } from '../stations/station.mts';

/** What the page shows of a station that it does not look at more closely. */
export interface StationSummary {
	stationId: string;
	connected: boolean;
	/** Power that flows now, W. */
	powerW: number;
	/** What all connectors together may draw now, W. */
	limitW: number;
	/** How many cars draw power. */
	charging: number;
	/** The status of each connector. */
	statuses: string[];
}

/** What never changes of a station. */
export interface StationDescription {
	stationId: string;
	name: string;
	location: string;
	/** What the hardware can give, W. */
	maxPowerW: number;
}

export const summaryOf = ({ asset, link, evses, powerLog }: Station): StationSummary => ({
	stationId: asset.stationId,
	connected: link.online,
	powerW: powerLog.latest?.powerW ?? 0,
	limitW: powerLog.latest?.limitW ?? asset.maxPowerW,
	charging: evses.filter(({ flow }) => flow.powerW > 0).length,
	statuses: evses.map(({ status }) => status),
});

export const descriptionOf = ({ asset }: Station): StationDescription => ({
	stationId: asset.stationId,
	name: asset.name,
	location: asset.location.name,
	maxPowerW: asset.maxPowerW,
});
