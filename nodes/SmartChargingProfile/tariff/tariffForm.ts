import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { rateUnitOf } from '../../shared/charging/profile/limitUnit';
import type { Tariff } from '../../shared/charging/tariff/tariff';
import { optionCollection } from '../../shared/node/fields/kinds/collection';
import { propertiesOf, type FormPart } from '../../shared/node/fields/kinds/field';
import { numberField } from '../../shared/node/fields/kinds/number';
import { optionField } from '../../shared/node/fields/kinds/option';
import { timeField } from '../../shared/node/fields/kinds/time';
import { inZone, type Values } from '../../shared/node/fields/kinds/values';
import { timezoneField, utcWarnings, zoneOf } from '../../shared/node/fields/timezone';
import { chargerCapacity } from '../shared/chargerCapacity';
import { chargingDetails } from '../shared/phases';
import { profileId, purposeField, readIdentity, stackLevel } from '../shared/identity';
import { limitField, limitUnit } from '../shared/limit';
import { STATION_PURPOSES } from '../shared/purposes';
import { startDelay } from '../shared/startDelay';
import { COEXISTING, IDS, LEVELS } from '../shared/versions';
import { holidayOptions } from './holidays';
import { tariffWindows } from './windowRows';

const outside = optionField({
	label: 'Outside the Windows',
	name: 'outside',
	options: [
		{ name: 'Limit', value: 'limit', description: 'Another limit applies at all other times' },
		{
			name: 'No Limit',
			value: 'none',
			description: 'These profiles set no limit then; profiles on lower stack levels apply',
		},
	],
	default: 'none',
	description: 'What applies outside the windows',
});

const limitOutside = limitField({
	label: 'Limit Outside',
	name: 'limitOutside',
	description: 'The most that may be drawn outside the windows',
	defaults: { A: 16, kW: 20 },
	show: { outside: ['limit'] },
});

const mode = optionField({
	label: 'Mode',
	name: 'mode',
	options: [
		{
			name: 'Next Days',
			value: 'nextDays',
			description: 'Profiles for some days, to be built and sent again before they end',
		},
		{
			name: 'Recurring',
			value: 'recurring',
			description:
				'Recurring profiles for a year or more, or for as long as the charger holds them, with separate ones before and after each clock change',
		},
	],
	default: 'recurring',
	description: 'How the windows repeat. Both are exact in local time.',
});

/** Profiles of this mode are sent again before they end, so they need not reach further ahead. */
const MAX_DAYS = 31;

const daysAhead = numberField({
	label: 'Days Ahead',
	name: 'daysAhead',
	min: 1,
	max: MAX_DAYS,
	decimals: 0,
	show: { mode: ['nextDays'] },
	default: 7,
	description: `How many days the profiles are for, including today, up to ${MAX_DAYS}`,
});

const timezone = timezoneField('The time zone of the windows. By default the workflow’s.');

const purpose = purposeField(
	STATION_PURPOSES,
	'TxDefaultProfile',
	'What the profiles limit',
).withDefaultBefore(COEXISTING, 'ChargingStationMaxProfile');

const lowestStackLevel = stackLevel
	.with({
		default: LEVELS.tariff,
		description:
			'The lowest stack level of the profiles. Recurring profiles without a limit outside the windows can need several stack levels; the output lists them. The default is above that of prices, which apply outside the windows.',
	})
	.withDefaultBefore(COEXISTING, 0);

const lowestId = profileId.with({
	default: IDS.tariff,
	description:
		'The lowest ID of the profiles; the others get higher IDs. Profiles that are built again with the same windows and days replace those that were sent before. ChargEye uses 3000 to 5282 for power limits.',
});

const start = timeField({
	label: 'Start',
	name: 'start',
	description:
		'When the profiles are first needed, in the time zone of the windows unless it has an offset. By default now.',
});

const options = optionCollection(
	start,
	...holidayOptions.fields,
	...startDelay.fields,
	...chargingDetails.fields,
);

/** The form of Build From Tariff Hours. */
export const tariffForm: FormPart & {
	/**
	 * Reads a tariff and checks it.
	 * @param item the input item, whose stationId is that of the start delay
	 * @param now the start, unless the options set another
	 * @throws InputError
	 */
	read(values: Values, item: IDataObject, now: DateTime): Tariff;
	/** What may not be as the user expects. */
	warnings(values: Values): string[];
} = {
	properties: propertiesOf([
		limitUnit,
		tariffWindows,
		outside,
		limitOutside,
		mode,
		daysAhead,
		timezone,
		purpose,
		lowestStackLevel,
		lowestId,
		chargerCapacity,
		options,
	]),
	warnings: (values) => utcWarnings(timezone, values, 'The windows are'),
	read(values, item, now) {
		const unit = limitUnit.read(values);
		const zone = zoneOf(timezone, values);
		const added = inZone(options.read(values), zone);
		const from = start.readIfGiven(added);
		const windows = tariffWindows.read(values, unit);
		const limit = outside.read(values) === 'none' ? undefined : limitOutside.read(values, unit);
		const holidays = holidayOptions.read(added);
		const late = startDelay.readIfGiven(added, item);
		const details = chargingDetails.read(added, unit);
		const limits = [limit ?? Infinity, ...windows.map((window) => window.limit)];
		chargingDetails.check(details, unit, Math.max(...limits));
		return {
			windows,
			outside: limit,
			...(holidays && { holidays }),
			...(late && { startDelay: late }),
			unit: rateUnitOf(unit),
			details,
			zone,
			startMs: (from === undefined ? now : DateTime.fromISO(from)).toMillis(),
			mode: mode.read(values) === 'recurring' ? 'recurring' : { days: daysAhead.read(values) },
			capacity: chargerCapacity.read(values),
			identity: readIdentity(values, purpose),
		};
	},
};
