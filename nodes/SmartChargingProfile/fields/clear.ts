import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { BodyOf } from '../../shared/chargeye/contract';
import { evseIdOf } from '../../shared/charging/evseId';
import { shown } from '../../shared/charging/base/shown';
import { commonOptions } from '../../shared/node/fields/options';
import {
	checkNumber,
	checkObject,
	checkOption,
	checkText,
	INTEGER,
	InputError,
	type Parameters,
} from '../../shared/node/parameters';
import { NAMES } from './names';
import { ALL_PURPOSES, CHARGING_PROFILE_PURPOSES, CONNECTOR_PURPOSES } from './purposes';

const CRITERIA = 'Criteria';
const CONNECTOR = 'Connector (EVSE ID)';

type ClearBody = BodyOf<'clearStationChargingProfile'>;

/** What a profile can be chosen by. */
type Criteria = Pick<ClearBody, 'chargingProfileId'> &
	NonNullable<ClearBody['chargingProfileCriteria']>;

const clearAllField = (where: string): INodeProperties => ({
	displayName: 'Clear All Profiles',
	name: 'clearAll',
	type: 'boolean',
	validateType: 'boolean',
	default: false,
	description: `Whether to clear every charging profile of the ${where}; power limits are such profiles too`,
});

/** @param own those that only one of the two Clears has */
const criteriaField = (
	purposes: INodePropertyOptions[],
	...own: INodeProperties[]
): INodeProperties => ({
	displayName: CRITERIA,
	name: 'criteria',
	type: 'collection',
	placeholder: 'Add Criterion',
	displayOptions: { show: { clearAll: [false] } },
	default: {},
	description: 'Profiles that match all of these are cleared',
	options: [
		{
			displayName: NAMES.id,
			name: 'chargingProfileId',
			type: 'number',
			typeOptions: { numberPrecision: 0 },
			default: 1,
			description: 'Only the profile that was set under this ID',
		},
		...own,
		{
			displayName: NAMES.customData,
			name: 'customData',
			type: 'json',
			default: '{ "vendorId": "com.example" }',
			description: 'What chargers of one vendor need beside the criteria, with its vendorId',
		},
		{
			displayName: NAMES.chargingProfilePurpose,
			name: 'chargingProfilePurpose',
			type: 'options',
			options: purposes,
			default: 'TxDefaultProfile',
			description: 'Only profiles with this purpose',
		},
		{
			displayName: NAMES.stackLevel,
			name: 'stackLevel',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description: 'Only profiles on this stack level',
		},
	],
});

/** What a Clear of a station takes. */
export const stationClearFields: INodeProperties[] = [
	clearAllField('charging station'),
	criteriaField(ALL_PURPOSES, {
		displayName: CONNECTOR,
		name: 'evseId',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: 'Only profiles set on this connector; 0 is those set on the whole station',
	}),
	...commonOptions.properties,
];

/** What a Clear of a connector takes; the connector itself is one of the criteria. */
export const connectorClearFields: INodeProperties[] = [
	clearAllField('connector'),
	criteriaField(CONNECTOR_PURPOSES),
	...commonOptions.properties,
];

/** How each criterion is read, by its name in OCPP. */
const READ: {
	[Name in keyof Criteria]-?: {
		field: string;
		read: (field: string, value: unknown) => Criteria[Name];
	};
} = {
	chargingProfileId: {
		field: NAMES.id,
		read: (field, value) => checkNumber(field, value, INTEGER),
	},
	chargingProfilePurpose: {
		field: NAMES.chargingProfilePurpose,
		read: (field, value) => checkOption(field, value, CHARGING_PROFILE_PURPOSES),
	},
	evseId: {
		field: CONNECTOR,
		read: (field, value) => checkNumber(field, value, { ...INTEGER, min: 0 }),
	},
	stackLevel: {
		field: NAMES.stackLevel,
		read: (field, value) => checkNumber(field, value, { ...INTEGER, min: 0 }),
	},
	customData: { field: NAMES.customData, read: readCustomData },
};

/** @throws InputError */
function readCustomData(field: string, value: unknown): NonNullable<Criteria['customData']> {
	const data = checkObject(field, value);
	return { ...data, vendorId: checkText(`vendorId of ${field}`, data.vendorId) };
}

/**
 * The criteria that were added.
 * @throws InputError if one is bad, or empty: without it more would be cleared than was meant
 */
function readCriteria(added: IDataObject): Criteria {
	return Object.fromEntries(
		Object.entries(READ)
			.filter(([name]) => added[name] !== undefined)
			.map(([name, { field, read }]) => {
				if (added[name] === null) {
					throw new InputError(
						`${field} is empty: without this criterion more would be cleared`,
						'Enter a value, or remove the criterion.',
					);
				}
				return [name, read(field, added[name])];
			}),
	);
}

/** @throws InputError if something is chosen beside everything */
function checkNothingChosen(added: IDataObject): void {
	const chosen = Object.entries(READ).find(
		([name]) => added[name] !== undefined && added[name] !== null,
	);
	if (chosen === undefined) return;
	const [, { field }] = chosen;
	throw new InputError(
		`Clear All Profiles is on, and ${field} is given too`,
		'Switch Clear All Profiles off to clear what matches, or remove the criteria to clear everything.',
	);
}

/** The connector as a criterion, which OCPP has as a number. @throws InputError if its ID is another text */
function readCriterion(connectorId: string): number {
	const evseId = evseIdOf(connectorId);
	if (evseId !== undefined) return evseId;
	throw new InputError(
		`Connector ${shown(connectorId)} has no number, by which alone OCPP names a connector whose profiles are cleared`,
		'Use Clear of the charging station instead: by Charging Profile ID, or by Purpose and Stack Level.',
	);
}

/**
 * Reads what is to be cleared, into the body of the API's `clearStationChargingProfile`.
 * @param connectorId the connector, for a Clear of one
 * @throws InputError if nothing is chosen (K10.FR.02): the API would clear everything; or if the connector has no number
 */
export function readClear(
	parameters: Parameters,
	connectorId: string | undefined,
): { body: ClearBody; words: string; hint?: string } {
	const added = parameters.added('criteria');
	const ofConnector = connectorId !== undefined && { evseId: readCriterion(connectorId) };
	if (parameters.get('clearAll') === true) {
		checkNothingChosen(added);
		// Without a criterion the API clears everything.
		return {
			body: { chargingProfileCriteria: { ...ofConnector } },
			words: 'all charging profiles',
		};
	}
	const { chargingProfileId, ...criteria } = readCriteria(added);
	const byId = chargingProfileId !== undefined;
	if (!byId && Object.keys(criteria).every((name) => name === 'customData')) {
		throw new InputError(
			`${CRITERIA} is empty: nothing is chosen to clear (K10.FR.02)`,
			'Add a criterion, or switch on Clear All Profiles if everything is meant.',
		);
	}
	const chargingProfileCriteria = { ...criteria, ...ofConnector };
	return {
		body: {
			...(byId && { chargingProfileId }),
			...(Object.keys(chargingProfileCriteria).length > 0 && { chargingProfileCriteria }),
		},
		words: byId
			? `charging profile ${String(chargingProfileId)}`
			: 'the charging profiles that match the criteria',
		...(criteria.chargingProfilePurpose === 'ChargingStationExternalConstraints' && {
			hint: 'By OCPP only an external system clears ChargingStationExternalConstraints, so a station may refuse it (K10.FR.06).',
		}),
	};
}
