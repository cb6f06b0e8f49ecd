import type { PowerLimitation } from '../ocpp/messages.mts';

/** What an EVSE asks for, in the station's unit. */
export interface Wish {
	/** What it would take if it were alone: the least of the others; 0 if it cannot charge with that. */
	wish: number;
	/** What the car takes. */
	accepted: number;
	/** What the profiles allow the EVSE. */
	limit: number;
	/** What the EVSE can give. */
	rated: number;
}

/** What an EVSE shares with others. */
export interface StationShare {
	limit: number;
	rated: number;
	/** How many EVSEs ask, and how many get something. */
	askers: number;
	takers: number;
}

/** By what the power that an EVSE is given is limited. */
export function limitationOf(
	{ accepted, given, limit, rated, wish }: Wish & { given: number },
	station: StationShare,
): PowerLimitation {
	if (given >= rated) return 'Charger';
	if (given >= accepted) return 'Vehicle';
	if (given >= wish && limit < rated) return 'Grid';
	if (given === 0 && station.takers > 0) return 'Queue';
	if (station.askers > 1 && station.takers > 0) return 'Shared';
	return station.limit < station.rated ? 'Grid' : 'Charger';
}
