import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { ProfileIdentity } from '../shared/charging/buildProfile';
import { rateUnitOf, type LimitUnit } from '../shared/charging/limitUnit';
import { within } from '../shared/charging/prices/cheapestHours';
import { departureTime } from '../shared/charging/prices/departure';
import { planBands, planCheapestHours, type Plan } from '../shared/charging/prices/plan';
import { limitByPrice } from '../shared/charging/prices/priceBands';
import {
	priceList,
	RESOLUTIONS,
	type GapPrice,
	type PriceList,
	type Resolution,
} from '../shared/charging/prices/priceList';
import type { ScheduleOptions } from '../shared/charging/prices/priceSchedules';
import { MOST_PERIODS } from '../shared/charging/prices/priceProfiles';
import {
	checkFlag,
	checkNumber,
	checkOption,
	checkText,
	checkTime,
	checkTimezone,
	InputError,
	type Parameters,
} from '../shared/node/parameters';
import { readIdentity } from './fields/identity';
import { checkLimit, labelIn, limitIn, readLimit, readLimitUnit } from './fields/limits';
import { NAMES } from './fields/names';
import { readQuotes } from './fields/prices';
import { OTHER_LIMIT } from './fields/priceOptions';
import { LIMIT_ABOVE, MAXIMUM, readBands } from './fields/priceRule';
import { CHARGING_PROFILE_PURPOSES } from './fields/purposes';

/** Prices with the limits that follow from them. */
export interface PricePlan {
	list: PriceList;
	plan: Plan;
	options: ScheduleOptions;
	/** When the car leaves, for Cheapest Hours (epoch seconds). */
	departure?: number;
}

const GAP_PRICES: GapPrice[] = ['highest', 'previous', 'stop'];

/** The whole second of a time in UTC. */
const secondsOf = (utc: string): number => Math.floor(Date.parse(utc) / 1000);

/** One of the values of an option, or what it is without the option. @throws InputError */
function choice<T extends string | number>(
	field: string,
	value: unknown,
	allowed: readonly T[],
	otherwise: T,
): T {
	return value === undefined ? otherwise : checkOption(field, value, allowed);
}

/** @throws InputError */
function readProfileIdentity(parameters: Parameters): ProfileIdentity {
	const identity = readIdentity(parameters, CHARGING_PROFILE_PURPOSES);
	if (identity.purpose !== 'TxProfile') return identity;
	return { ...identity, transactionId: parameters.text('transactionId', NAMES.transactionId) };
}

/** What one A or W is in kW. @throws InputError */
function readKwPerUnit(unit: LimitUnit, { voltage = 230, phases }: IDataObject): number {
	if (unit === 'kW') return 1 / 1000;
	const volts = checkNumber('Voltage (V)', voltage, { min: 1, unit: 'V' });
	return (volts * choice('Phases', phases, [1, 2, 3], 3)) / 1000;
}

/** The plan of Cheapest Hours, and the departure. @throws InputError */
function readCheapestHours(
	parameters: Parameters,
	{ spans }: PriceList,
	earliest: number,
	unit: LimitUnit,
	zone: string,
): { plan: Plan; departure: number } {
	const options = parameters.collection('options');
	const energyKwh = parameters.number('energyKwh', 'Energy (kWh)', { min: 0, unit: 'kWh' });
	const limit = readLimit(parameters, MAXIMUM, unit);
	const other = limitIn(options, OTHER_LIMIT, unit);
	const [otherLabel, label] = [OTHER_LIMIT, MAXIMUM].map((field) => labelIn(field, unit));
	const otherLimit = other === undefined ? 0 : checkLimit(otherLabel, other, unit);
	if (otherLimit > limit) {
		throw new InputError(
			`${otherLabel} is more than ${label}`,
			'Enter less: it is what the car may draw when it is not charging at its maximum.',
		);
	}
	const start = Math.max(earliest, spans[0].from);
	const departure = departureTime(parameters.get('departure'), start, zone);
	if ('problem' in departure) {
		throw new InputError(`Departure ${departure.problem}`, departure.fix);
	}
	if (departure.seconds <= start) {
		const from = DateTime.fromSeconds(start, { zone }).toISO({ suppressMilliseconds: true });
		throw new InputError(
			`Departure is not after ${from}, when charging can begin`,
			'Enter a later departure. Charging begins with the first price, and not before Earliest Start.',
		);
	}
	const plan = planCheapestHours(within(spans, start, departure.seconds), {
		energyKwh,
		limit,
		otherLimit,
		kwPerUnit: readKwPerUnit(unit, options),
	});
	return { plan, departure: departure.seconds };
}

/** @throws InputError */
function readPlan(
	parameters: Parameters,
	list: PriceList,
	rule: ScheduleOptions['rule'],
	earliest: number,
	unit: LimitUnit,
	zone: string,
): { plan: Plan; departure?: number } {
	if (rule === 'cheapestHours') return readCheapestHours(parameters, list, earliest, unit, zone);
	const { bands, nameOf } = readBands(parameters, unit);
	const limitAbove = readLimit(parameters, LIMIT_ABOVE, unit);
	const limitOf = limitByPrice(bands, limitAbove, nameOf);
	const kwPerUnit = readKwPerUnit(unit, parameters.collection('options'));
	return { plan: planBands(list.spans, limitOf, kwPerUnit) };
}

const TOO_MANY: Record<ScheduleOptions['rule'], string> = {
	cheapestHours: 'Choose an earlier departure, or give prices of a longer resolution.',
	priceBands:
		'Give fewer prices or fewer bands; or switch on the option Split Into Several Profiles.',
};

/**
 * Reads the form of *Build From Prices*, and plans by it.
 * @param items the input items
 * @param now epoch seconds
 * @throws InputError
 */
export function readPriceSchedule(
	parameters: Parameters,
	items: readonly IDataObject[],
	now: number,
): PricePlan {
	const options = parameters.collection('options');
	const zone = checkTimezone(parameters, options.timezone);
	const rule = parameters.option('rule', 'Rule', ['cheapestHours', 'priceBands']);
	const unit = readLimitUnit(parameters);
	const earliest =
		options.earliestStart === undefined
			? now
			: secondsOf(checkTime('Earliest Start', options.earliestStart, zone));
	const { quotes, nameOf, itemOf } = readQuotes(parameters, items, zone);
	const resolution = choice<Resolution | 'auto'>(
		'Resolution',
		options.resolution,
		['auto', ...RESOLUTIONS],
		'auto',
	);
	const { periodsPerProfile = MOST_PERIODS } = options;
	const list = priceList(quotes, {
		resolution: resolution === 'auto' ? undefined : resolution,
		gapPrice: choice('Missing Prices', options.missingPrices, GAP_PRICES, 'highest'),
		notBefore: earliest,
		nameOf,
		itemOf,
	});
	return {
		list,
		...readPlan(parameters, list, rule, earliest, unit, zone),
		options: {
			rule,
			identity: readProfileIdentity(parameters),
			unit: rateUnitOf(unit),
			pricePer: choice('Prices Are Per', options.pricePer, ['kWh', 'MWh'], 'kWh'),
			...(options.currency !== undefined && { currency: checkText('Currency', options.currency) }),
			zone,
			nameOf,
			periodsPerProfile: checkNumber('Periods per Profile', periodsPerProfile, {
				min: 1,
				max: MOST_PERIODS,
				decimals: 0,
			}),
			split: rule === 'priceBands' && checkFlag('Split Into Several Profiles', options.split),
			fix: TOO_MANY[rule],
		},
	};
}
