import { simplifyStation } from '../../../shared/chargeye/stations';
import { outputOf } from '../../../shared/node/fields/output';
import { STATION_FIELDS } from '../../../shared/node/fields/stationFields';
import { station } from '../../../shared/node/fields/station';
import type { LookUp } from '../../../shared/node/operation';
import { stationLookUp } from '../../../shared/node/stationLookUp';

const output = outputOf({
	simplify: simplifyStation,
	ids: ['stationId'],
	fields: STATION_FIELDS,
});

/** API operation `listStations`, filtered by ID: the API has no operation for a single station. */
export const get: LookUp<'listStations'> = {
	type: 'lookUp',
	name: 'Get',
	value: 'get',
	action: 'Get charging station',
	description:
		'Look up whether a charging station is online, its status, its power and its connectors',
	fields: [station, output],
	prepare(parameters) {
		const { narrow, hint } = output.read(parameters);
		return { ...stationLookUp(station.read(parameters), narrow), hint };
	},
};
