import { location } from '../shared/node/fields/location';
import { propertiesOf, type FormPart } from '../shared/node/fields/kinds/field';
import { optionField } from '../shared/node/fields/kinds/option';
import { rowsField } from '../shared/node/fields/kinds/rows';
import type { Values } from '../shared/node/fields/kinds/values';
import { station } from '../shared/node/fields/station';
import { transaction } from '../shared/node/fields/transaction';

/** Which transactions are watched. */
export type Scope =
	| { type: 'all' }
	| { type: 'location'; locationUid: string }
	| { type: 'stations'; stationIds: string[] }
	| { type: 'transaction'; txId: string };

const type = optionField({
	label: 'Scope',
	name: 'scope',
	options: [
		{
			name: 'Chosen Charging Stations',
			value: 'stations',
			description: 'The transactions of some charging stations',
		},
		{
			name: 'Every Charging Station',
			value: 'all',
			description: 'The transactions of the whole account',
		},
		{ name: 'Location', value: 'location', description: 'The transactions of one location' },
		{ name: 'One Transaction', value: 'transaction', description: 'One transaction, by its ID' },
	],
	default: 'all',
	description: 'Which transactions can start the workflow',
});

const watchedStation = station.with({ description: 'A charging station to watch' });

const watchedStations = rowsField({
	label: 'Charging Stations',
	name: 'stations',
	show: { scope: ['stations'] },
	placeholder: 'Add Charging Station',
	row: { label: 'Charging Station', name: 'values' },
	fields: [watchedStation],
	description: 'The charging stations to watch',
});

const watchedLocation = location
	.with({ required: true, description: 'The location to watch' })
	.when({ scope: ['location'] });

const watchedTransaction = transaction
	.with({
		description: 'The transaction to watch. The list shows the latest one of each connector.',
	})
	.when({ scope: ['transaction'] });

export const scope: FormPart & { read(values: Values): Scope } = {
	properties: propertiesOf([type, watchedStations, watchedLocation, watchedTransaction]),
	/** @throws InputError */
	read(values) {
		const chosen = type.read(values);
		switch (chosen) {
			case 'all':
				return { type: chosen };
			case 'location':
				return { type: chosen, locationUid: watchedLocation.read(values) };
			case 'transaction':
				return { type: chosen, txId: watchedTransaction.read(values) };
			case 'stations': {
				const stationIds = watchedStations
					.readSome(values)
					.map((row, index) =>
						watchedStation.read({ ...row, nameOf: (label) => `${label} ${index + 1}` }),
					);
				return { type: chosen, stationIds: [...new Set(stationIds)].sort() };
			}
		}
	},
};
