import {
	ONLINE_STATUSES,
	simplifyStation,
	STATION_STATUSES,
	stationsOf,
	type Station,
} from '../../../shared/chargeye/stations';
import { maxResults } from '../../../shared/node/fields/maxResults';
import { collectionField } from '../../../shared/node/fields/kinds/collection';
import { namedLike, optionField } from '../../../shared/node/fields/kinds/option';
import { location } from '../../../shared/node/fields/location';
import { outputOf } from '../../../shared/node/fields/output';
import { STATION_FIELDS } from '../../../shared/node/fields/stationFields';
import type { LookUp } from '../../../shared/node/operation';
import { matcherOf } from '../../../shared/node/matcher';

const ofLocation = location.with({ description: 'Only the stations of this location' });

const onlineStatus = optionField({
	label: 'Online Status',
	name: 'onlineStatus',
	options: namedLike(ONLINE_STATUSES),
	default: 'Online',
	description: 'Only the stations that are, or are not, connected to ChargEye',
});

const status = optionField({
	label: 'Status',
	name: 'status',
	options: namedLike(STATION_STATUSES),
	default: 'Operative',
	description: 'Only the stations with this status',
});

const filters = collectionField({
	label: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	fields: [ofLocation, onlineStatus, status],
});

const output = outputOf({
	simplify: simplifyStation,
	ids: ['stationId'],
	fields: STATION_FIELDS,
});

/** API operation `listStations`, which answers with all stations at once. */
export const getAll: LookUp<'listStations'> = {
	type: 'lookUp',
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many charging stations',
	description: 'Look up which charging stations there are, with status, power and connectors',
	fields: [maxResults, filters, output],
	prepare(parameters) {
		const limit = maxResults.read(parameters);
		const added = filters.read(parameters);
		const isWanted = matcherOf<Station>({
			onlineStatus: onlineStatus.readIfGiven(added),
			status: status.readIfGiven(added),
		});
		const { narrow, hint } = output.read(parameters);
		const locationUid = ofLocation.readIfGiven(added);
		const query = locationUid === undefined ? undefined : { locationUid };
		return {
			request: { endpoint: 'listStations', query },
			items: (body) => stationsOf(body).filter(isWanted).map(narrow),
			limit,
			hint,
		};
	},
};
