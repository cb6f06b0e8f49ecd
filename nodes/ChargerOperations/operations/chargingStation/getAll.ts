import { simplifyStation, stationsOf } from '../../../shared/chargeye/stations';
import { maxResults } from '../../../shared/node/fields/maxResults';
import { collectionField } from '../../../shared/node/fields/kinds/collection';
import { namedLike, optionField } from '../../../shared/node/fields/kinds/option';
import { location } from '../../../shared/node/fields/location';
import { outputOf } from '../../../shared/node/fields/output';
import type { LookUp } from '../../../shared/node/operation';
import { present } from '../../../shared/node/present';

const ofLocation = location.with({ description: 'Only the stations of this location' });

const onlineStatus = optionField({
	label: 'Online Status',
	name: 'onlineStatus',
	options: namedLike(['Offline', 'Online']),
	default: 'Online',
	description: 'Only the stations that are, or are not, connected to ChargEye',
});

const status = optionField({
	label: 'Status',
	name: 'status',
	options: namedLike(['Faulted', 'Operative', 'Unavailable']),
	default: 'Operative',
	description: 'Only the stations with this status',
});

const filters = collectionField({
	label: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	fields: [ofLocation, onlineStatus, status],
});

const output = outputOf(simplifyStation, ['stationId']);

/** API operation `listStations`: one answer with all of them. */
export const getAll: LookUp = {
	type: 'lookUp',
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many charging stations',
	description: 'Look up charging stations with their connectors',
	fields: [maxResults, filters, output],
	prepare(parameters) {
		const limit = maxResults.read(parameters);
		const added = filters.read(parameters);
		const wanted = present({
			onlineStatus: onlineStatus.readIfGiven(added),
			status: status.readIfGiven(added),
		});
		const narrow = output.read(parameters);
		const locationUid = ofLocation.readIfGiven(added);
		const query = locationUid === undefined ? undefined : { locationUid };
		return {
			request: { endpoint: 'listStations', query },
			items: (body) =>
				stationsOf(body)
					.filter((station) =>
						Object.entries(wanted).every(([name, value]) => station[name] === value),
					)
					.map(narrow),
			limit,
		};
	},
};
