import { simplifyStation, stationIdOf, stationsOf } from '../../../shared/chargeye/stations';
import { outputOf } from '../../../shared/node/fields/output';
import { STATION_FIELDS } from '../../../shared/node/fields/stationFields';
import { station } from '../../../shared/node/fields/station';
import { NotFoundError, type LookUp } from '../../../shared/node/operation';

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
	description: 'Look up one charging station with its connectors',
	fields: [station, output],
	prepare(parameters) {
		const stationId = station.read(parameters);
		const { narrow, hint } = output.read(parameters);
		return {
			request: { endpoint: 'listStations', query: { stationIds: [stationId] } },
			items(body) {
				const station = stationsOf(body).find((found) => stationIdOf(found) === stationId);
				if (!station) {
					throw new NotFoundError(
						`ChargEye knows no charging station ${stationId}`,
						'Choose it from the list, or check the ID. The credential’s user may have no access to it.',
					);
				}
				return [narrow(station)];
			},
			hint,
		};
	},
};
