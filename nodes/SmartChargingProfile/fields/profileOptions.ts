import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { commandOptions } from '../../shared/node/fields/options';
import { sendAnywayOf } from '../../shared/node/fields/sendAnyway';
import {
	checkFlag,
	checkNumber,
	checkObject,
	checkText,
	checkTime,
	filled,
	INTEGER,
	LONGEST_IN_ADDRESS,
	present,
} from '../../shared/node/parameters';
import { NAMES } from './names';

/** An option that is part of a profile's fields, so that a profile in JSON has it itself. */
const ofFields = (option: INodeProperties): INodeProperties => ({
	...option,
	displayOptions: { show: { '/specifyProfile': ['fields'] } },
});

const CONDITIONS = {
	whenNoCloudConnection: 'Only When No Cloud Connection',
	whenSessionNotAuthorized: 'Only When Session Not Authorized',
};

/** The options of every Set. */
export const profileOptions = commandOptions({
	properties: [
		{
			displayName: 'Comment',
			name: 'comment',
			type: 'string',
			default: '',
			placeholder: 'e.g. Tariff peak',
			description: 'Why the profile is set, for those who see it in ChargEye',
		},
		ofFields({
			displayName: NAMES.customData,
			name: 'customData',
			type: 'json',
			default: '{ "vendorId": "com.example" }',
			description: 'Data for chargers of one vendor, with its vendorId',
		}),
		ofFields({
			displayName: NAMES.duration,
			name: 'duration',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 3600,
			description:
				'Seconds from the start of the schedule to its end. By default the last period has no end.',
		}),
		ofFields({
			displayName: NAMES.minChargingRate,
			name: 'minChargingRate',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 1 },
			default: 6,
			description: 'The least with which a car charges well, in the rate unit',
		}),
		ofFields({
			displayName: CONDITIONS.whenNoCloudConnection,
			name: 'whenNoCloudConnection',
			type: 'boolean',
			validateType: 'boolean',
			default: true,
			description:
				'Whether the profile counts only while the charger has no connection to ChargEye',
		}),
		ofFields({
			displayName: CONDITIONS.whenSessionNotAuthorized,
			name: 'whenSessionNotAuthorized',
			type: 'boolean',
			validateType: 'boolean',
			default: true,
			description: 'Whether the profile counts only while the session is not authorized',
		}),
		ofFields({
			displayName: NAMES.salesTariff,
			name: 'salesTariff',
			type: 'json',
			default:
				'{\n  "id": 1,\n  "salesTariffEntry": [{ "relativeTimeInterval": { "start": 0 }, "ePriceLevel": 1 }]\n}',
			description: 'Prices for cars that speak ISO 15118: SalesTariffType of OCPP 2.0.1',
		}),
		sendAnywayOf('a profile that breaks a rule of OCPP 2.0.1').property,
		ofFields({
			displayName: NAMES.validFrom,
			name: 'validFrom',
			type: 'dateTime',
			default: '',
			description:
				'When the profile begins to count, in the workflow’s time zone unless it has an offset. By default at once.',
		}),
		ofFields({
			displayName: NAMES.validTo,
			name: 'validTo',
			type: 'dateTime',
			default: '',
			description:
				'When the profile ceases to count, in the workflow’s time zone unless it has an offset. By default never.',
		}),
	],
});

const ifGiven = <T>(value: unknown, read: (value: unknown) => T): T | undefined =>
	value === undefined ? undefined : read(value);

/**
 * The conditions that were added, true or false. An empty one is refused: a profile for a moment would count always.
 * @throws InputError
 */
const readConditions = (added: IDataObject): Array<[string, boolean]> =>
	Object.entries(CONDITIONS)
		.filter(([name]) => added[name] !== undefined)
		.map(([name, field]) => [name, checkFlag(field, added[name])]);

/**
 * What the options add to a profile given by fields.
 * @param added what was added to the options
 * @param timezone that of times without an offset
 * @throws InputError
 */
export function readProfileOptions(
	added: IDataObject,
	timezone: string,
): {
	ofProfile: IDataObject;
	ofSchedule: IDataObject;
} {
	const options = filled(added);
	const conditions = readConditions(added);
	return {
		ofProfile: present({
			validFrom: ifGiven(options.validFrom, (value) => checkTime(NAMES.validFrom, value, timezone)),
			validTo: ifGiven(options.validTo, (value) => checkTime(NAMES.validTo, value, timezone)),
			condition: conditions.length > 0 ? Object.fromEntries(conditions) : undefined,
			customData: ifGiven(options.customData, (value) => checkObject(NAMES.customData, value)),
		}),
		ofSchedule: present({
			duration: ifGiven(options.duration, (value) =>
				checkNumber(NAMES.duration, value, { ...INTEGER, min: 0, unit: 'seconds' }),
			),
			minChargingRate: ifGiven(options.minChargingRate, (value) =>
				checkNumber(NAMES.minChargingRate, value, { min: 0, decimals: 1 }),
			),
			salesTariff: ifGiven(options.salesTariff, (value) => checkObject(NAMES.salesTariff, value)),
		}),
	};
}

/** The comment, if there is one. @throws InputError */
export const readComment = (options: IDataObject): string | undefined =>
	ifGiven(options.comment, (value) => checkText('Comment', value, LONGEST_IN_ADDRESS));
