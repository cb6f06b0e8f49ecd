import { DateTime } from 'luxon';

import { InputError } from '../../shared/charging/base/inputError';
import type { StartDelay } from '../../shared/charging/base/startDelay';
import type { LimitUnit } from '../../shared/charging/profile/limitUnit';
import { within } from '../../shared/charging/prices/cheapestHours';
import { departureTime } from '../../shared/charging/prices/departure';
import { planCheapestHours, type ChargingNeed, type Plan } from '../../shared/charging/prices/plan';
import type { PriceList } from '../../shared/charging/prices/priceList';
import { propertiesOf } from '../../shared/node/fields/kinds/field';
import { textField } from '../../shared/node/fields/kinds/text';
import type { Values } from '../../shared/node/fields/kinds/values';
import { limitField } from '../shared/limit';
import { chargingRules } from './chargingRuleFields';
import { energyFields } from './energyFields';

const maximum = limitField({
	label: 'Maximum',
	name: 'maximum',
	description: 'What the car draws in the chosen hours',
	defaults: { A: 16, kW: 11 },
	show: { rule: ['cheapestHours'] },
});

export const departure = textField({
	label: 'Departure',
	name: 'departure',
	required: true,
	default: '07:00',
	placeholder: 'e.g. 07:00 or 2026-01-15T07:00:00',
	description:
		'When the car leaves: a time of day, meaning the next one, or a date and time. Without an offset it is in the time zone of the option Time Zone.',
});

/** An option: the limit in the hours that are not chosen. */
export const otherLimit = limitField({
	label: 'Limit in Other Hours',
	name: 'otherLimit',
	description: 'What the car may draw in the other hours (by default 0)',
	defaults: { A: 6, kW: 4.2 },
	show: { '/rule': ['cheapestHours'] },
	unitIn: '/limitUnit',
});

/** When the car leaves (epoch seconds). @param start when charging can begin @throws InputError */
function readDeparture(
	values: Values,
	start: number,
	zone: string,
): { end: number; warnings: string[] } {
	const time = departureTime(departure.read(values), start, zone);
	if ('problem' in time) throw new InputError(`${departure.label} ${time.problem}`, time.fix);
	if (time.seconds > start) {
		return { end: time.seconds, warnings: time.warning === undefined ? [] : [time.warning] };
	}
	const from = DateTime.fromSeconds(start, { zone }).toISO({ suppressMilliseconds: true });
	throw new InputError(
		`${departure.label} is not after ${from}, when charging can begin`,
		'Enter a later departure. Charging begins with the first price, and not before Earliest Start.',
	);
}

/** @throws InputError */
function readLimits(values: Values, options: Values, unit: LimitUnit) {
	const limit = maximum.read(values, unit);
	const other = otherLimit.readIfGiven(options, unit) ?? 0;
	if (other <= limit) return { limit, otherLimit: other };
	throw new InputError(
		`${otherLimit.labelIn(unit)} is more than ${maximum.labelIn(unit)}`,
		'Enter less: it is the limit for the hours in which the car does not charge at its maximum.',
	);
}

/** A plan for a car that leaves. */
export interface CheapestPlan {
	plan: Plan;
	/** Epoch seconds. */
	departure: number;
	/** Which part of the energy reaches the battery, if the energy was given so. */
	batteryShare?: number;
	/** What may not be as the user expects. */
	warnings: string[];
}

/** The rule Cheapest Hours: charge an amount of energy before the departure at the lowest cost. */
export const cheapestHours = {
	properties: propertiesOf([energyFields, maximum, departure.when({ rule: ['cheapestHours'] })]),
	/**
	 * @param earliest when charging can begin (epoch seconds)
	 * @param kwPerUnit how many kW one A or W is
	 * @param mostPeriods how many periods the charger takes
	 * @param startDelay by how much limits rise late
	 * @returns the plan, the departure (epoch seconds), which part of the energy reaches the battery, and warnings
	 * @throws InputError
	 */
	plan(
		values: Values,
		options: Values,
		{ spans }: PriceList,
		{
			earliest,
			unit,
			zone,
			kwPerUnit,
			mostPeriods,
			startDelay,
		}: {
			earliest: number;
			unit: LimitUnit;
			zone: string;
			kwPerUnit: number;
			mostPeriods: number;
			startDelay?: StartDelay;
		},
	): CheapestPlan {
		const start = Math.max(earliest, spans[0].from);
		const { end, warnings } = readDeparture(values, start, zone);
		const { energyKwh, batteryShare, warnings: onEnergy } = energyFields.read(values);
		const need: ChargingNeed = { energyKwh, ...readLimits(values, options, unit), kwPerUnit };
		const planned = within(spans, start, end);
		// What holds after the departure cannot begin before it, when the prices end.
		const reaches = planned[planned.length - 1].to === end;
		const { after, ...rules } = chargingRules.read(options, unit);
		const plan = planCheapestHours(planned, need, {
			...rules,
			mostPeriods,
			...(startDelay && { startDelay }),
			...(reaches && after && { after }),
		});
		return {
			plan,
			departure: end,
			...(batteryShare !== undefined && { batteryShare }),
			warnings: [...warnings, ...onEnergy],
		};
	},
};
