import { propertiesOf, type FormPart } from '../../node/fields/kinds/field';
import { optionField, type Option } from '../../node/fields/kinds/option';
import { rowsField } from '../../node/fields/kinds/rows';
import { textField } from '../../node/fields/kinds/text';
import type { Values } from '../../node/fields/kinds/values';
import { location } from '../../node/fields/location';
import { station } from '../../node/fields/station';
import type { StationScope } from '../stationScope';

const watchedLabel = textField({
	label: 'Label',
	name: 'label',
	show: { scope: ['label'] },
	required: true,
	placeholder: 'e.g. bus',
	description:
		'The label that charging stations have in ChargEye; upper and lower case count alike',
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

/** @throws InputError */
function readStationScope(type: StationScope['type'], values: Values): StationScope {
	switch (type) {
		case 'all':
			return { type };
		case 'label':
			return { type, label: watchedLabel.read(values) };
		case 'location':
			return { type, locationUid: watchedLocation.read(values) };
		case 'stations': {
			const stationIds = watchedStations
				.readSome(values)
				.map((row, index) =>
					watchedStation.read({ ...row, nameOf: (label) => `${label} ${index + 1}` }),
				);
			return { type, stationIds: [...new Set(stationIds)].sort() };
		}
	}
}

/** A scope besides those of charging stations, which one trigger has. */
interface OtherScope<T extends { type: string }> {
	option: Option<T['type']>;
	field: FormPart;
	/** @throws InputError */
	read(values: Values): T;
}

/**
 * The field Scope of a trigger, and the fields of each scope.
 * @param watched what is watched at charging stations: "Transactions"
 */
export function scopeOf<T extends { type: string } = never>(
	watched: string,
	...others: ReadonlyArray<OtherScope<T>>
): FormPart & { read(values: Values): StationScope | T } {
	const of = (stations: string) => `${watched} of ${stations}`;
	const type = optionField<string>({
		label: 'Scope',
		name: 'scope',
		options: [
			{
				name: 'Chosen Charging Stations',
				value: 'stations',
				description: of('some charging stations'),
			},
			{ name: 'Every Charging Station', value: 'all', description: of('the whole account') },
			{ name: 'Label', value: 'label', description: of('charging stations with a label') },
			{ name: 'Location', value: 'location', description: of('one location') },
			...others.map(({ option }) => option),
		],
		default: 'all',
		description: `Which ${watched.toLowerCase()} can start the workflow`,
	});
	return {
		properties: propertiesOf([
			type,
			watchedStations,
			watchedLabel,
			watchedLocation,
			...others.map(({ field }) => field),
		]),
		/** @throws InputError */
		read(values) {
			const chosen = type.read(values);
			const other = others.find(({ option }) => option.value === chosen);
			return other?.read(values) ?? readStationScope(chosen as StationScope['type'], values);
		},
	};
}
