import { simplifyStation, stationsOf } from '../../../shared/chargeye/stations';
import { limitFields, readLimit } from '../../../shared/node/fields/limit';
import { locationField } from '../../../shared/node/fields/location';
import { outputFields, readOutput } from '../../../shared/node/fields/output';
import type { LookUp } from '../../../shared/node/operation';

const ONLINE_STATUSES = ['Offline', 'Online'] as const;
const STATUSES = ['Faulted', 'Operative', 'Unavailable'] as const;

/** API operation `listStations`: one answer with all of them. */
export const getAll: LookUp = {
	type: 'lookUp',
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many charging stations',
	description: 'Look up charging stations with their connectors',
	fields: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{ ...locationField, description: 'Only the stations of this location' },
				{
					displayName: 'Online Status',
					name: 'onlineStatus',
					type: 'options',
					options: ONLINE_STATUSES.map((value) => ({ name: value, value })),
					default: 'Online',
					description: 'Only the stations that have, or have not, a connection to ChargEye',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: STATUSES.map((value) => ({ name: value, value })),
					default: 'Operative',
					description: 'Only the stations with this status',
				},
			],
		},
		...outputFields,
	],
	prepare(parameters) {
		const limit = readLimit(parameters);
		const filters = parameters.collection('filters');
		const wanted = {
			...(filters.onlineStatus !== undefined && {
				onlineStatus: parameters.option('filters.onlineStatus', 'Online Status', ONLINE_STATUSES),
			}),
			...(filters.status !== undefined && {
				status: parameters.option('filters.status', 'Status', STATUSES),
			}),
		};
		const narrow = readOutput(parameters, simplifyStation, ['stationId']);
		const query =
			filters.locationUid === undefined
				? undefined
				: { locationUid: parameters.id('filters.locationUid', 'Location') };
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
