import type { BodyOf, QueryOf } from '../shared/chargeye/contract';
import type { Command, PreparedCommand } from '../shared/node/operation';
import type { Parameters } from '../shared/node/parameters';
import { readProfile } from './readProfile';

/** A Set of either resource: what its request holds beside the path, and all else of the command. */
export interface PreparedSet {
	content: {
		query?: QueryOf<'setStationChargingProfile'>;
		body: BodyOf<'setStationChargingProfile'>;
	};
	command: Omit<PreparedCommand, 'request'>;
}

/**
 * Prepares a Set of either resource.
 * @param target the station, and the connector if it is for one
 * @throws InputError
 */
export function prepareSet(
	parameters: Parameters,
	target: { stationId: string; connectorId?: string },
): PreparedSet {
	const { stationId, connectorId } = target;
	const { chargingProfile, comment, warnings } = readProfile(parameters, connectorId ?? 0);
	const where = connectorId === undefined ? stationId : `connector ${connectorId} of ${stationId}`;
	return {
		content: {
			...(comment !== undefined && { query: { comment } }),
			body: { chargingProfile },
		},
		command: {
			target: { ...target, chargingProfile, ...(warnings.length > 0 && { warnings }) },
			action: `set the charging profile on ${where}`,
			...(warnings.length > 0 && { hint: warnings.join(' ') }),
		},
	};
}

export const SET_SENTENCES: Command['sentences'] = {
	Accepted: 'The charger accepted the charging profile.',
};
