import type { EndpointKey } from '../shared/chargeye/endpoints';
import type { Command, PreparedCommand } from '../shared/node/operation';
import type { Parameters } from '../shared/node/parameters';
import { readProfile } from './readProfile';

/**
 * Prepares a Set of either resource.
 * @param target the station, and the connector if it is for one
 * @throws InputError
 */
export function prepareSet(
	parameters: Parameters,
	endpoint: EndpointKey,
	target: { stationId: string; connectorId?: string },
): PreparedCommand {
	const { stationId, connectorId } = target;
	const { chargingProfile, comment, warnings } = readProfile(parameters, connectorId ?? 0);
	const where = connectorId === undefined ? stationId : `connector ${connectorId} of ${stationId}`;
	return {
		request: {
			endpoint,
			path: { stationId, ...(connectorId !== undefined && { evseId: connectorId }) },
			...(comment !== undefined && { query: { comment } }),
			body: { chargingProfile },
		},
		target: { ...target, chargingProfile, ...(warnings.length > 0 && { warnings }) },
		action: `set the charging profile on ${where}`,
		...(warnings.length > 0 && { hint: warnings.join(' ') }),
	};
}

export const SET_SENTENCES: Command['sentences'] = {
	Accepted: 'The charger accepted the charging profile.',
};
