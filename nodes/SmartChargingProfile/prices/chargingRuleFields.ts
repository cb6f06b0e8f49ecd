import type { ChargingRules } from '../../shared/charging/prices/chargingRules';
import type { LimitUnit } from '../../shared/charging/profile/limitUnit';
import { numberField } from '../../shared/node/fields/kinds/number';
import { optionField } from '../../shared/node/fields/kinds/option';
import type { Values } from '../../shared/node/fields/kinds/values';
import { limitField } from '../shared/limit';

const show = { '/rule': ['cheapestHours'] };

const leastRun = numberField({
	label: 'Least Run (Minutes)',
	name: 'leastRunMinutes',
	min: 0,
	max: 1440,
	decimals: 0,
	unit: 'minutes',
	show,
	default: 30,
	description:
		'For how many minutes charging goes on without a break once it has started; less only if all of it takes less',
});

const mostStarts = numberField({
	label: 'Most Starts',
	name: 'mostStarts',
	min: 1,
	decimals: 0,
	show,
	default: 1,
	description: 'How often charging may start. With 1 it is contiguous, without a break.',
});

const priceCeiling = numberField({
	label: 'Price Ceiling',
	name: 'priceCeiling',
	show,
	default: '',
	description:
		'The highest price at which the car may charge, in the unit of the prices. Above it the limit is 0, and a warning says how much energy is missing.',
});

const afterDeparture = optionField({
	label: 'After Departure',
	name: 'afterDeparture',
	show,
	options: [
		{ name: 'Limit', value: 'limit', description: 'A limit applies' },
		{
			name: 'No Limit',
			value: 'none',
			description: 'The profile ends: profiles on lower stack levels apply, if there are any',
		},
		{ name: 'Pause', value: 'pause', description: 'The limit is 0' },
	],
	default: 'none',
	description: 'What applies after the departure, if the car is still there',
});

const limitAfter = limitField({
	label: 'Limit After Departure',
	name: 'limitAfter',
	description: 'The most that may be drawn after the departure',
	defaults: { A: 6, kW: 4.2 },
	show: { ...show, afterDeparture: ['limit'] },
	unitIn: '/limitUnit',
});

const hoursAfter = numberField({
	label: 'Hours After Departure',
	name: 'hoursAfter',
	min: 1,
	max: 168,
	decimals: 0,
	unit: 'hours',
	show: { ...show, afterDeparture: ['pause', 'limit'] },
	default: 24,
	description:
		'For how many hours the pause or the limit after the departure applies, unless another profile replaces it',
});

/** Options: rules for Cheapest Hours. */
export const chargingRules = {
	fields: [leastRun, mostStarts, priceCeiling, afterDeparture, limitAfter, hoursAfter],
	/** @throws InputError */
	read(options: Values, unit: LimitUnit): ChargingRules {
		const [minutes, starts, ceiling] = [leastRun, mostStarts, priceCeiling].map((field) =>
			field.readIfGiven(options),
		);
		const then = afterDeparture.readOrDefault(options);
		return {
			...(minutes !== undefined && { leastRun: minutes * 60 }),
			...(starts !== undefined && { mostStarts: starts }),
			...(ceiling !== undefined && { priceCeiling: ceiling }),
			...(then !== 'none' && {
				after: {
					limit: then === 'pause' ? 0 : limitAfter.read(options, unit),
					lasts: hoursAfter.readOrDefault(options) * 3600,
				},
			}),
		};
	},
};
