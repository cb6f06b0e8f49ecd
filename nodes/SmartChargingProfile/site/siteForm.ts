import type { IDataObject } from 'n8n-workflow';

import type { LimitUnit } from '../../shared/charging/profile/limitUnit';
import type { ShareRule } from '../../shared/charging/site/share';
import { STEPS } from '../../shared/charging/site/shareWords';
import { optionCollection } from '../../shared/node/fields/kinds/collection';
import { propertiesOf, type FormPart } from '../../shared/node/fields/kinds/field';
import { numberField } from '../../shared/node/fields/kinds/number';
import { optionField } from '../../shared/node/fields/kinds/option';
import type { Values } from '../../shared/node/fields/kinds/values';
import { limitField, limitUnit } from '../shared/limit';
import { NOMINAL_VOLTAGE } from '../../shared/charging/base/voltage';
import { readStations, type ReadStation } from './siteStations';

const unitOfSite = limitUnit.with({
	description:
		'The unit of all limits. With kW the limits are for Set Power Limit with AC Power (kW), with A for AC Current (A).',
});

const siteLimit = limitField({
	label: 'Site Limit',
	name: 'siteLimit',
	description: 'The most that all charging stations may draw together, on the grid side',
	remark:
		'Subtract what else draws power at the site, and a margin. The limits of the stations never add up to more.',
	defaults: { A: '', kW: '' },
	placeholder: 'e.g. 100',
});

const share = optionField<ShareRule>({
	label: 'Share',
	name: 'share',
	options: [
		{
			name: 'By Need',
			value: 'need',
			description: 'In proportion to the energy that cars still need',
		},
		{
			name: 'By Priority and Departure',
			value: 'rank',
			description: 'Everyone gets the least; the rest goes to the first in line',
		},
		{ name: 'Equally', value: 'equal', description: 'Each car gets the same' },
	],
	default: 'equal',
	description:
		'How stations with cars share the limit. If not all can charge, those last by priority, then by departure, pause at 0.',
});

const withoutCar = optionField({
	label: 'Stations Without a Car',
	name: 'withoutCar',
	options: [
		{
			name: 'Reserve the Least',
			value: 'least',
			description: 'The least with which a car can start, after each car has its own least',
		},
		{
			name: 'Reserve Nothing',
			value: 'nothing',
			description: 'They get 0: no car can start until the limit is shared again',
		},
	],
	default: 'least',
	description: 'What stations without a running transaction get',
});

const phases = numberField({
	label: 'Phases',
	name: 'phases',
	min: 1,
	max: 3,
	decimals: 0,
	default: 3,
	description:
		'Of AC stations whose phases are not known: neither from their field numberPhases, nor from their maximum in kW and A. The least is 6 A on each phase.',
});

const LEAST_DC_KW = 5;

const leastDcKw = numberField({
	label: 'Least DC Power (kW)',
	name: 'leastDcKw',
	min: 0,
	decimals: 3,
	unit: 'kW',
	default: LEAST_DC_KW,
	description: `The least with which a car charges at a DC station, on the grid side. By default ${LEAST_DC_KW} kW.`,
});

const voltage = numberField({
	label: 'Nominal Voltage (V)',
	name: 'voltage',
	min: 100,
	max: 1000,
	unit: 'V',
	default: NOMINAL_VOLTAGE,
	description: 'Between a phase and neutral; used to convert between A and kW',
});

const needNotKnown = numberField({
	label: 'Need Not Known (kWh)',
	name: 'needNotKnown',
	min: 0.001,
	unit: 'kWh',
	default: 20,
	description:
		'The energy that cars need whose need is not known: neither from the field needKwh, nor from the energy limit of their transaction',
});

const options = optionCollection(leastDcKw, needNotKnown, voltage, phases);

/** What is shared, and how. */
export interface SiteQuery {
	unit: LimitUnit;
	/** In steps of the unit. */
	limit: number;
	rule: ShareRule;
	reserves: boolean;
	stations: ReadStation[];
}

/** The form of Share Site Limit. */
export const siteForm: FormPart & {
	/**
	 * Reads the form, then the stations from the items.
	 * @param now epoch seconds
	 * @throws InputError
	 */
	read(values: Values, items: readonly IDataObject[], now: number): SiteQuery;
} = {
	properties: propertiesOf([unitOfSite, siteLimit, share, withoutCar, options]),
	read(values, items, now) {
		const unit = unitOfSite.read(values);
		const measured = siteLimit.read(values, unit);
		const rule = share.read(values);
		const reserves = withoutCar.read(values) === 'least';
		const added = options.read(values);
		const stations = readStations(items, {
			unit,
			rule,
			phases: phases.readOrDefault(added),
			voltage: voltage.readOrDefault(added),
			leastDcKw: leastDcKw.readOrDefault(added),
			needKwh: needNotKnown.readIfGiven(added),
			zone: values.timezone,
			now,
		});
		// Limits are read in A or W; 1e-6 is binary noise.
		const limit = Math.floor(unit === 'A' ? measured * STEPS.A + 1e-6 : measured);
		return { unit, limit, rule, reserves, stations };
	},
};
