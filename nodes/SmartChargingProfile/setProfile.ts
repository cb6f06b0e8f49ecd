import type { EndpointKey } from '../shared/chargeye/endpoints';
import type { Command, PreparedCommand } from '../shared/node/operation';
import type { Parameters } from '../shared/node/parameters';
import { readProfile } from './readProfile';

/**
 * Prepares a Set of either resource.
 * @param path the station, and the connector if it is for one
 * @throws InputError
 */
export function prepareSet(
	parameters: Parameters,
	endpoint: EndpointKey,
	path: { stationId: string; evseId?: number },
): PreparedCommand {
	const { stationId, evseId } = path;
	const { chargingProfile, comment, warnings } = readProfile(parameters, evseId ?? 0);
	const where = evseId === undefined ? stationId : `connector ${evseId} of ${stationId}`;
	return {
		request: {
			endpoint,
			path: { stationId, ...(evseId !== undefined && { evseId }) },
			...(comment !== undefined && { query: { comment } }),
			body: { chargingProfile },
		},
		target: { ...path, chargingProfile, ...(warnings.length > 0 && { warnings }) },
		doing: `set the charging profile on ${where}`,
		...(warnings.length > 0 && { hint: warnings.join(' ') }),
	};
}

export const SET_SENTENCES: Command['sentences'] = {
	Accepted: 'The charger accepted the charging profile.',
};
