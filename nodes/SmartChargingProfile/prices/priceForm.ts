import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/charging/base/inputError';
import { NOMINAL_VOLTAGE } from '../../shared/charging/base/voltage';
import { capacityInWords } from '../../shared/charging/capacity/capacity';
import type { ProfileIdentity } from '../../shared/charging/profile/buildProfile';
import type { ChargingDetails } from '../../shared/charging/profile/chargingDetails';
import { rateUnitOf, type LimitUnit } from '../../shared/charging/profile/limitUnit';
import { periodsOf, type Plan } from '../../shared/charging/prices/plan';
import {
	RESOLUTIONS,
	type GapPrice,
	type Resolution,
} from '../../shared/charging/prices/listRules';
import { priceList, type PriceList } from '../../shared/charging/prices/priceList';
import { MOST_PERIODS, mostProfiles } from '../../shared/charging/prices/priceProfiles';
import type { ScheduleOptions } from '../../shared/charging/prices/priceSchedules';
import { optionCollection } from '../../shared/node/fields/kinds/collection';
import { propertiesOf, type FormPart } from '../../shared/node/fields/kinds/field';
import { flagField } from '../../shared/node/fields/kinds/flag';
import { numberField } from '../../shared/node/fields/kinds/number';
import { namedLike, optionField } from '../../shared/node/fields/kinds/option';
import { textField } from '../../shared/node/fields/kinds/text';
import { timeField } from '../../shared/node/fields/kinds/time';
import { inZone, type Values } from '../../shared/node/fields/kinds/values';
import { timezoneField, utcWarnings, zoneOf } from '../../shared/node/fields/timezone';
import { present } from '../../shared/node/present';
import { chargerCapacity } from '../shared/chargerCapacity';
import {
	profileId,
	purposeField,
	readIdentity,
	stackLevel,
	transactionId,
} from '../shared/identity';
import { limitUnit } from '../shared/limit';
import { chargingDetails } from '../shared/phases';
import { startDelay } from '../shared/startDelay';
import { ALL_PURPOSES } from '../shared/purposes';
import { COEXISTING, IDS, LEVELS } from '../shared/versions';
import { chargingRules } from './chargingRuleFields';
import { cheapestHours, departure, otherLimit, type CheapestPlan } from './cheapestHoursFields';
import { priceBands } from './priceBandRows';
import { endField, listField, priceArea, priceRows, pricesTimezone } from './priceRows';

const rule = optionField({
	label: 'Rule',
	name: 'rule',
	options: [
		{
			name: 'Cheapest Hours',
			value: 'cheapestHours',
			description: 'Charges an amount of energy in the cheapest hours before the departure',
		},
		{
			name: 'Price Bands',
			value: 'priceBands',
			description: 'Sets a limit for each price',
		},
	],
	default: 'cheapestHours',
	isFixed: true,
	description: 'How prices become limits',
});

const purpose = purposeField(ALL_PURPOSES, 'TxDefaultProfile');

const firstId = profileId.with({ default: IDS.prices }).withDefaultBefore(COEXISTING, 1);

const level = stackLevel.with({ default: LEVELS.prices }).withDefaultBefore(COEXISTING, 0);

const currency = textField({
	label: 'Currency',
	name: 'currency',
	placeholder: 'e.g. EUR',
	description:
		'The currency of the prices, shown with costs in the summary. Sources with a name say it themselves; Energi Data Service has EUR and DKK.',
});

const earliestStart = timeField({
	label: 'Earliest Start',
	name: 'earliestStart',
	description: 'When charging can begin; earlier prices do not count. By default now.',
});

const missingPrices = optionField<GapPrice>({
	label: 'Missing Prices',
	name: 'missingPrices',
	options: [
		{
			name: 'Count as Highest',
			value: 'highest',
			description: 'The highest of the prices is used',
		},
		{
			name: 'Keep Price Before',
			value: 'previous',
			description: 'The price before the gap is used',
		},
		{ name: 'Stop', value: 'stop', description: 'The node fails and names the gap' },
	],
	default: 'highest',
	description: 'Which price is used where prices are missing',
});

const periodsPerProfile = numberField({
	label: 'Periods per Profile',
	name: 'periodsPerProfile',
	min: 1,
	max: MOST_PERIODS,
	decimals: 0,
	default: MOST_PERIODS,
	description: `How many periods a profile may have: ${MOST_PERIODS} by OCPP, fewer on many chargers (PeriodsPerSchedule)`,
});

const phases = optionField({
	label: 'Phases for Costs',
	name: 'phases',
	show: { '/limitUnit': ['A'] },
	options: namedLike([1, 2, 3]),
	default: 3,
	description:
		'How many phases cars charge on, to turn A into kWh and costs. By default as many as in Phases.',
});

const pricePer = optionField({
	label: 'Prices Are Per',
	name: 'pricePer',
	show: { '/priceSource': ['other'] },
	options: namedLike(['kWh', 'MWh']),
	default: 'kWh',
	description: 'The energy that a price is for, to compute costs',
});

const pricesIn = optionField({
	label: 'Prices Are In',
	name: 'pricesIn',
	show: { '/priceSource': ['other'] },
	options: [
		{ name: 'Cents', value: 'cents', description: 'Hundredths of the currency' },
		{ name: 'Currency', value: 'currency', description: 'Such as EUR' },
		{ name: 'Pence', value: 'pence', description: 'Hundredths of the currency' },
	],
	default: 'currency',
	description: 'Whether prices are in the currency or in hundredths of it, to compute costs',
});

const resolution = optionField<Resolution | 'auto'>({
	label: 'Resolution',
	name: 'resolution',
	options: [
		...RESOLUTIONS.map((value) => ({ name: `${value} Minutes`, value })),
		{
			name: 'From the Prices',
			value: 'auto',
			description: 'The shortest time between two prices, or the ends that the prices state',
		},
	],
	default: 'auto',
	description: 'How long each price applies that does not say when it ends',
});

const split = flagField({
	label: 'Split Into Several Profiles',
	name: 'split',
	show: { '/rule': ['priceBands'] },
	default: true,
	description:
		'Whether to output several profiles, valid one after the other and with consecutive IDs, when one cannot hold all periods',
});

const timezone = timezoneField(
	'The time zone of the departure and other times without an offset, and of the output. By default the workflow’s.',
);

const voltage = numberField({
	label: 'Voltage (V)',
	name: 'voltage',
	min: 1,
	unit: 'V',
	show: { '/limitUnit': ['A'] },
	default: NOMINAL_VOLTAGE,
	description: 'Between phase and neutral, to turn A into kWh and costs',
});

const startEarlier = numberField({
	label: 'Start Earlier By (Min)',
	name: 'startEarlierMinutes',
	show: { '/rule': ['cheapestHours'] },
	min: 0,
	max: 60,
	default: 1,
	description:
		'By how many minutes the profile begins in the past, for chargers whose clock is slow: some ignore a profile that begins in their future. The limits from now on stay the same.',
});

const options = optionCollection(
	...chargingRules.fields,
	...chargingDetails.fields,
	currency,
	earliestStart,
	endField,
	otherLimit,
	listField,
	missingPrices,
	periodsPerProfile,
	phases,
	priceArea,
	pricePer,
	pricesIn,
	pricesTimezone,
	resolution,
	split,
	...startDelay.fields,
	startEarlier,
	timezone,
	voltage,
);

/** Prices, with the limits that follow from them. */
export interface PricePlan {
	list: PriceList;
	plan: Plan;
	options: ScheduleOptions;
	/** When the car leaves, for Cheapest Hours (epoch seconds). */
	departure?: number;
	/** What about the prices and the departure may not be as the user expects. */
	warnings: string[];
}

/** A time in UTC as whole epoch seconds. */
const secondsOf = (utc: string): number => Math.floor(Date.parse(utc) / 1000);

/** How many kW one A or W is. @throws InputError */
function kwPerUnitOf(unit: LimitUnit, added: Values, { numberPhases }: ChargingDetails): number {
	if (unit === 'kW') return 1 / 1000;
	const count = phases.readIfGiven(added) ?? numberPhases ?? phases.readOrDefault(added);
	if (numberPhases !== undefined && count > numberPhases) {
		throw new InputError(
			`${phases.label} is ${count}, but cars may charge on ${numberPhases} only`,
			`Remove the option ${phases.label}: then the number in Phases counts.`,
		);
	}
	return (voltage.readOrDefault(added) * count) / 1000;
}

/** @throws InputError */
function readProfileIdentity(values: Values): ProfileIdentity {
	const identity = readIdentity(values, purpose);
	if (identity.purpose !== 'TxProfile') return identity;
	return { ...identity, transactionId: transactionId.read(values) };
}

const TAKES_MORE = 'If the charger takes more, say so in Charger Capacity.';

/** What to do if the periods do not fit. */
const fixOf = (chosenRule: ScheduleOptions['rule'], isSplit: boolean): string =>
	chosenRule === 'cheapestHours'
		? `Choose an earlier departure, or set Most Starts. ${TAKES_MORE}`
		: `Give fewer prices or fewer bands${isSplit ? '' : `, or switch on the option ${split.label}`}. ${TAKES_MORE}`;

/** The form of Build From Prices. */
export const priceForm: FormPart & {
	/**
	 * Reads the form and makes the plan.
	 * @param items the input items
	 * @param now epoch seconds
	 * @throws InputError
	 */
	read(values: Values, items: readonly IDataObject[], now: number): PricePlan;
	/** What may not be as the user expects. */
	warnings(values: Values): string[];
} = {
	properties: propertiesOf([
		priceRows,
		rule,
		limitUnit,
		priceBands,
		cheapestHours,
		purpose,
		transactionId,
		firstId,
		level,
		chargerCapacity,
		options,
	]),
	warnings: (values) =>
		rule.read(values) === 'cheapestHours'
			? utcWarnings(timezone, options.read(values), `${departure.label} is`)
			: [],
	read(values, items, now) {
		const inWorkflowZone = options.read(values);
		const zone = zoneOf(timezone, inWorkflowZone);
		const added = inZone(inWorkflowZone, zone);
		const chosenRule = rule.read(values);
		const unit = limitUnit.read(values);
		const details = chargingDetails.read(added, unit);
		const kwPerUnit = kwPerUnitOf(unit, added, details);
		const start = earliestStart.readIfGiven(added);
		const earliest = start === undefined ? now : secondsOf(start);
		const given = priceRows.read(values, added, items, zone, currency.readIfGiven(added));
		const { quotes, nameOf, itemOf, isKnown } = given;
		const minutes = resolution.readOrDefault(added);
		const list = priceList(quotes, {
			resolution: minutes === 'auto' ? undefined : minutes,
			gapPrice: missingPrices.readOrDefault(added),
			notBefore: earliest,
			nameOf,
			itemOf,
		});
		const capacity = chargerCapacity.read(values);
		const ofProfile = periodsPerProfile.readIfGiven(added);
		const mostPeriods = Math.min(ofProfile ?? MOST_PERIODS, capacity.periods);
		const identity = readProfileIdentity(values);
		if (identity.stackLevel >= capacity.levels) {
			throw new InputError(
				`${level.label} is ${identity.stackLevel}, and Charger Capacity is ${capacityInWords(capacity)}`,
				`Choose a ${level.label} of at most ${capacity.levels - 1}.`,
			);
		}
		const late = startDelay.readIfGiven(added, items[0]);
		const common = { unit, kwPerUnit, ...present({ startDelay: late }) };
		const planned: Partial<CheapestPlan> & Pick<CheapestPlan, 'plan' | 'warnings'> =
			chosenRule === 'cheapestHours'
				? cheapestHours.plan(values, added, list, { ...common, earliest, zone, mostPeriods })
				: { plan: priceBands.plan(values, list, common), warnings: [] };
		const isSplit =
			split.readIfGiven(added) ?? (ofProfile === undefined && capacity.profiles !== Infinity);
		const fitting = mostPeriods * (isSplit ? mostProfiles(capacity, identity.stackLevel) : 1);
		const advice =
			chosenRule === 'priceBands' && periodsOf(planned.plan.spans) > fitting
				? priceBands.advice(values, list, unit, fitting)
				: '';
		const highest = planned.plan.spans.reduce((most, { limit }) => Math.max(most, limit), 0);
		chargingDetails.check(details, unit, highest);
		const hundredths = pricesIn.readOrDefault(added);
		// Price Bands begin with the current price, which is in the past already.
		const beginsNow = chosenRule === 'cheapestHours' && earliest <= now;
		const earlierMinutes = beginsNow ? (startEarlier.readIfGiven(added) ?? 0) : 0;
		return {
			list,
			...planned,
			warnings: [...given.warnings, ...planned.warnings],
			options: {
				rule: chosenRule,
				identity,
				unit: rateUnitOf(unit),
				details,
				startEarlier: Math.round(earlierMinutes * 60),
				pricePer: isKnown ? 'kWh' : pricePer.readOrDefault(added),
				...(!isKnown && hundredths !== 'currency' && { hundredths }),
				priceDecimals: isKnown ? 6 : 4,
				...present({ currency: given.currency }),
				zone,
				nameOf,
				periodsPerProfile: mostPeriods,
				split: chosenRule === 'priceBands' && isSplit,
				profiles: capacity.profiles,
				levels: capacity.levels,
				sameLevelReplaces: capacity.sameLevelReplaces,
				...present({ batteryShare: planned.batteryShare, startDelay: late }),
				fix: `${advice}${fixOf(chosenRule, isSplit)}`,
			},
		};
	},
};
