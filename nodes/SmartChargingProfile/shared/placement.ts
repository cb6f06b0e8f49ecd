import type { IDataObject } from 'n8n-workflow';

import { evseIdOf } from '../../shared/charging/profile/evseIdOf';
import { isEmpty } from '../../shared/node/fields/kinds/values';

/** Where an item says that its charging profile is. */
export interface Placement {
	stationId?: string;
	/** 0 is the whole station. For a connector whose ID is not a number, that ID. */
	evseId?: number | string;
}

/** The ID of a connector as OCPP’s number where it is one. */
export const asEvseId = (connectorId: string): number | string =>
	evseIdOf(connectorId) ?? connectorId;

/** Reads the fields `stationId`, and `evseId` or `connectorId`, next to a profile. */
export function placementIn({ stationId, connectorId, evseId }: IDataObject): Placement {
	const connector = isEmpty(evseId) ? connectorId : evseId;
	return {
		...(typeof stationId === 'string' && { stationId }),
		...(typeof connector === 'number' && { evseId: connector }),
		...(typeof connector === 'string' &&
			connector !== '' && { evseId: connector === '0' ? 0 : asEvseId(connector) }),
	};
}
