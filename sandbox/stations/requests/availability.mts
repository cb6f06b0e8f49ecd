import type { StationHandlers } from '../link.mts';
import { rejected, unknownEvse, type RequestedStation } from './requestedStation.mts';

/** The blocks Availability (G) and Reset (B11, B12). */
export function availability(
	station: RequestedStation,
): Pick<StationHandlers, 'ChangeAvailability' | 'Reset'> {
	return {
		ChangeAvailability: ({ evse, operationalStatus }) => {
			const targets = station.evses.filter(({ id }) => evse === undefined || id === evse.id);
			if (targets.length === 0) return unknownEvse(evse?.id);
			const statuses = targets.map((target) => target.changeAvailability(operationalStatus));
			return { status: statuses.includes('Scheduled') ? 'Scheduled' : 'Accepted' };
		},
		Reset: ({ type, evseId }) =>
			evseId === undefined
				? { status: station.reset(type) }
				: rejected('UnsupportedRequest', 'Only the whole station can be reset'),
	};
}
