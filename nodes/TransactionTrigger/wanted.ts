import { propertiesOf, type FormPart } from '../shared/node/fields/kinds/field';
import { numberField } from '../shared/node/fields/kinds/number';
import { optionsField } from '../shared/node/fields/kinds/option';
import type { Values } from '../shared/node/fields/kinds/values';
import { triggerOn } from '../shared/polling/form/triggerOn';
import { EVENT_NAMES, EVENTS, type Needs, type Wanted } from './events';

const events = triggerOn(EVENTS);

/** Shows a setting only if an event is chosen that needs it. */
const withEventsThatNeed = (setting: keyof Needs) => ({
	events: EVENT_NAMES.filter((event) => EVENTS[event].needs === setting),
});

const energyKwh = numberField({
	label: 'Energy (kWh)',
	name: 'energyKwh',
	show: withEventsThatNeed('energyKwh'),
	min: 0,
	unit: 'kWh',
	default: 20,
	description: 'How much energy a transaction must have charged, in kWh',
});

const stateOfCharge = numberField({
	label: 'State of Charge (%)',
	name: 'stateOfCharge',
	show: withEventsThatNeed('stateOfCharge'),
	min: 0,
	max: 100,
	default: 80,
	description: 'How full the battery must be, in %. Most AC chargers do not know it.',
});

const powerLimitations = optionsField({
	label: 'Limited By',
	name: 'powerLimitations',
	show: withEventsThatNeed('powerLimitations'),
	options: [
		{ name: 'Charger', value: 'Charger', description: 'The charger’s own maximum' },
		{ name: 'Grid', value: 'Grid', description: 'The power that the grid connection allows' },
		{ name: 'Queue', value: 'Queue', description: 'Others are charged first' },
		{ name: 'Shared', value: 'Shared', description: 'The power is shared with others' },
		{ name: 'Vehicle', value: 'Vehicle', description: 'The vehicle takes no more' },
	],
	default: ['Charger', 'Grid', 'Queue', 'Shared'],
	description: 'The causes that start the workflow',
});

/** The events that start the workflow, and the settings that they need. */
export const wanted: FormPart & { read(values: Values): Wanted } = {
	properties: propertiesOf([events, energyKwh, stateOfCharge, powerLimitations]),
	/** @throws InputError */
	read(values) {
		const chosen = events.read(values);
		const isNeeded = (setting: keyof Needs) =>
			chosen.some((event) => EVENTS[event].needs === setting);
		return {
			events: chosen,
			...(isNeeded('energyKwh') && { energyKwh: energyKwh.read(values) }),
			...(isNeeded('stateOfCharge') && { stateOfCharge: stateOfCharge.read(values) }),
			powerLimitations: isNeeded('powerLimitations') ? powerLimitations.read(values) : [],
		};
	},
};
