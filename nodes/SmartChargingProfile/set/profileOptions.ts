import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/charging/base/isObject';
import type { ChargerCapacity } from '../../shared/charging/capacity/capacity';
import { commentOn } from '../../shared/node/fields/comment';
import type { FieldTexts } from '../../shared/node/fields/kinds/field';
import { flagField } from '../../shared/node/fields/kinds/flag';
import { objectField } from '../../shared/node/fields/kinds/json';
import { COUNT, numberField } from '../../shared/node/fields/kinds/number';
import { timeField } from '../../shared/node/fields/kinds/time';
import type { Values } from '../../shared/node/fields/kinds/values';
import { commandOptions } from '../../shared/node/fields/options';
import { sendAnywayOf } from '../../shared/node/fields/sendAnyway';
import { present } from '../../shared/node/present';
import { capacityOption } from '../shared/chargerCapacity';
import { customData as anyCustomData } from '../shared/customData';
import { specifyProfile } from './specifyProfile';

/** Shows an option only for a profile from fields: a profile in JSON contains its value itself. */
const OF_FIELDS = { [`/${specifyProfile.name}`]: ['fields'] };

const comment = commentOn('the profile');

const customData = anyCustomData.when(OF_FIELDS);

const duration = numberField({
	label: 'Duration (S)',
	name: 'duration',
	...COUNT,
	unit: 'seconds',
	show: OF_FIELDS,
	default: 3600,
	description:
		'Seconds from the start of the schedule to its end. By default the last period has no end.',
});

const minChargingRate = numberField({
	label: 'Minimum Charging Rate (A or W)',
	name: 'minChargingRate',
	min: 0,
	decimals: 1,
	show: OF_FIELDS,
	default: 6,
	description: 'The lowest rate at which a car charges efficiently, in the rate unit',
});

/** A condition of ChargEye. An empty one is refused: without it, the profile would apply at all times. */
const conditionField = (texts: Pick<FieldTexts, 'label' | 'name' | 'description'>) =>
	flagField({
		...texts,
		isValidated: true,
		show: OF_FIELDS,
		default: true,
		refusesEmpty: true,
	});

const whenNoCloudConnection = conditionField({
	label: 'Only When No Cloud Connection',
	name: 'whenNoCloudConnection',
	description: 'Whether the profile applies only while the charger has no connection to ChargEye',
});

const whenSessionNotAuthorized = conditionField({
	label: 'Only When Session Not Authorized',
	name: 'whenSessionNotAuthorized',
	description: 'Whether the profile applies only while the session is not authorized',
});

const salesTariff = objectField({
	label: 'Sales Tariff (JSON)',
	name: 'salesTariff',
	show: OF_FIELDS,
	example:
		'{ "id": 1, "salesTariffEntry": [{ "relativeTimeInterval": { "start": 0 }, "ePriceLevel": 1 }] }',
	description: 'Prices for cars that speak ISO 15118: SalesTariffType of OCPP 2.0.1',
});

const sendAnyway = sendAnywayOf('a profile that breaks a rule of OCPP 2.0.1');

const validFrom = timeField({
	label: 'Valid From',
	name: 'validFrom',
	show: OF_FIELDS,
	description:
		'When the profile starts to apply, in the workflow’s time zone unless it has an offset. By default at once.',
});

const validTo = timeField({
	label: 'Valid To',
	name: 'validTo',
	show: OF_FIELDS,
	description:
		'When the profile stops applying, in the workflow’s time zone unless it has an offset. By default never.',
});

/** The options of every Set operation. */
export const profileOptions = commandOptions(
	capacityOption,
	comment,
	customData,
	duration,
	minChargingRate,
	whenNoCloudConnection,
	whenSessionNotAuthorized,
	salesTariff,
	sendAnyway,
	validFrom,
	validTo,
);

/** The options that are part of a profile, by the names of their values in OCPP. */
export const FIELDS_AMONG_OPTIONS = {
	validFrom,
	validTo,
	duration,
	minChargingRate,
	salesTariff,
	customData,
};

/** What the options add to a profile from fields. @throws InputError */
export function readFieldsAmongOptions(added: Values): {
	ofProfile: IDataObject;
	ofSchedule: IDataObject;
} {
	const condition = present({
		whenNoCloudConnection: whenNoCloudConnection.readIfGiven(added),
		whenSessionNotAuthorized: whenSessionNotAuthorized.readIfGiven(added),
	});
	return {
		ofProfile: present({
			validFrom: validFrom.readIfGiven(added),
			validTo: validTo.readIfGiven(added),
			condition: Object.keys(condition).length > 0 ? condition : undefined,
			customData: customData.readIfGiven(added),
		}),
		ofSchedule: present({
			duration: duration.readIfGiven(added),
			minChargingRate: minChargingRate.readIfGiven(added),
			salesTariff: salesTariff.readIfGiven(added),
		}),
	};
}

/** The options that apply to a profile from fields and from JSON alike. @throws InputError */
export const readSendOptions = (
	added: Values,
): { comment?: string; capacity?: ChargerCapacity; sendAnyway: boolean } => ({
	...present({
		comment: comment.readIfGiven(added),
		capacity: capacityOption.readIfGiven(added),
	}),
	sendAnyway: sendAnyway.read(added),
});

/** Adds a comment to the profile’s `meta`, keeping its other fields. A `meta` that is not an object is left to the rules. */
export function withComment(profile: IDataObject, text: string | undefined): IDataObject {
	const { meta = {} } = profile;
	if (text === undefined || !isObject(meta)) return profile;
	return { ...profile, meta: { ...meta, comment: text } };
}
