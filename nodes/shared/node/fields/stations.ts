import { idsField } from './kinds/ids';
import { propertiesOf, type FormPart } from './kinds/field';
import { optionField } from './kinds/option';
import type { Values } from './kinds/values';
import { location } from './location';
import { station } from './station';

/** Which stations get a command. */
export type Reach =
	| { type: 'one' }
	| { type: 'several'; stationIds: string[] }
	| { type: 'location'; locationUid: string };

/** What a command reaches, in a word: for the node on the canvas. */
export const REACH_NAMES: Readonly<Record<Reach['type'], string>> = {
	one: 'Station',
	several: 'Stations',
	location: 'Location',
};

const reach = optionField({
	label: 'Charging Stations',
	name: 'stations',
	options: [
		{ name: 'Location', value: 'location', description: 'Every charging station of a location' },
		{ name: 'One', value: 'one', description: 'One charging station' },
		{ name: 'Several', value: 'several', description: 'Charging stations that you choose' },
	],
	default: 'one',
	isFixed: true,
	description: 'Which charging stations get the command. Each has an output item of its own.',
});

const severalStations = idsField({
	label: 'Charging Station Names or IDs',
	name: 'stationIds',
	show: { [reach.name]: ['several'] },
	required: true,
	loads: 'getStations',
	description: 'The charging stations to work with',
});

const wholeLocation = location
	.with({
		name: 'locationId',
		required: true,
		description: 'The location whose charging stations get the command',
	})
	.when({ [reach.name]: ['location'] });

/** The name of the parameter that says what a command reaches; nodes of former versions do not have it. */
export const REACH_PARAMETER = reach.name;

/** The charging stations that get a command: one, as in the field `station`, or more. */
export const stations: FormPart & { read(values: Values): Reach } = {
	properties: propertiesOf([
		reach,
		station.when({ [reach.name]: ['one'] }),
		severalStations,
		wholeLocation,
	]),
	/** @throws InputError */
	read(values) {
		const type = reach.readOrDefault(values);
		switch (type) {
			case 'one':
				return { type };
			case 'several':
				return { type, stationIds: severalStations.read(values) };
			case 'location':
				return { type, locationUid: wholeLocation.read(values) };
		}
	},
};

/** The same values, in which the field of the station names this one. */
export const atStation = (values: Values, stationId: string): Values => ({
	get: (name) => (name === station.name ? stationId : values.get(name)),
	isTyped: (name) => name !== station.name && values.isTyped(name),
	nameOf: (label) => values.nameOf(label),
	timezone: values.timezone,
});
