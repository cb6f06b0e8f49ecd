import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { commandOptions } from '../../shared/node/fields/options';
import { checkNumber, InputError, type Parameters } from '../../shared/node/parameters';
import { NAMES } from './names';
import { ALL_PURPOSES, CHARGING_PROFILE_PURPOSES, CONNECTOR_PURPOSES } from './purposes';

const CRITERIA = 'Criteria';
const CONNECTOR = 'Connector (EVSE ID)';

const clearAllField = (where: string): INodeProperties => ({
	displayName: 'Clear All Profiles',
	name: 'clearAll',
	type: 'boolean',
	validateType: 'boolean',
	default: false,
	description: `Whether to clear every charging profile of the ${where}; power limits are such profiles too`,
});

const criteriaField = (
	purposes: INodePropertyOptions[],
	show: Record<string, Array<string | boolean>>,
	...own: INodeProperties[]
): INodeProperties => ({
	displayName: CRITERIA,
	name: 'criteria',
	type: 'collection',
	placeholder: 'Add Criterion',
	displayOptions: { show },
	default: {},
	description: 'Profiles that match all of these are cleared',
	options: [
		...own,
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
	{
		displayName: 'Clear By',
		name: 'clearBy',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { clearAll: [false] } },
		options: [
			{
				name: 'Criteria',
				value: 'criteria',
				description: 'Profiles with a purpose, a stack level or a connector',
			},
			{ name: 'ID', value: 'id', description: 'One profile' },
		],
		default: 'id',
		description: 'How the profiles to clear are chosen',
	},
	{
		displayName: NAMES.id,
		name: 'chargingProfileId',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		displayOptions: { show: { clearAll: [false], clearBy: ['id'] } },
		required: true,
		default: 1,
		description: 'The ID under which the profile was set',
	},
	criteriaField(
		ALL_PURPOSES,
		{ clearAll: [false], clearBy: ['criteria'] },
		{
			displayName: CONNECTOR,
			name: 'evseId',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description: 'Only profiles set on this connector; 0 is those set on the whole station',
		},
	),
	commandOptions(),
];

/** What a Clear of a connector takes; the connector itself is one of the criteria. */
export const connectorClearFields: INodeProperties[] = [
	clearAllField('connector'),
	criteriaField(CONNECTOR_PURPOSES, { clearAll: [false] }),
	commandOptions(),
];

/** @throws InputError */
function readCriteria(parameters: Parameters): IDataObject {
	const { chargingProfilePurpose, stackLevel, evseId } = parameters.collection('criteria');
	return {
		...(chargingProfilePurpose !== undefined && {
			chargingProfilePurpose: parameters.option(
				'criteria.chargingProfilePurpose',
				NAMES.chargingProfilePurpose,
				CHARGING_PROFILE_PURPOSES,
			),
		}),
		...(evseId !== undefined && {
			evseId: checkNumber(CONNECTOR, evseId, { min: 0, decimals: 0 }),
		}),
		...(stackLevel !== undefined && {
			stackLevel: checkNumber(NAMES.stackLevel, stackLevel, { min: 0, decimals: 0 }),
		}),
	};
}

/**
 * Reads what is to be cleared, into the body of the API's `clearStationChargingProfile`.
 * @param evseId the connector, for a Clear of one
 * @throws InputError if nothing is chosen (K10.FR.02): the API would clear everything
 */
export function readClear(
	parameters: Parameters,
	evseId: number | undefined,
): { body: IDataObject; words: string; hint?: string } {
	if (parameters.get('clearAll') === true) {
		// Criteria without a criterion, because n8n sends no body that is an empty object.
		const chargingProfileCriteria = evseId === undefined ? {} : { evseId };
		return { body: { chargingProfileCriteria }, words: 'all charging profiles' };
	}
	if (evseId === undefined) {
		const by = parameters.option('clearBy', 'Clear By', ['criteria', 'id']);
		if (by === 'id') {
			const chargingProfileId = parameters.number('chargingProfileId', NAMES.id, { decimals: 0 });
			return { body: { chargingProfileId }, words: `charging profile ${chargingProfileId}` };
		}
	}
	const criteria = readCriteria(parameters);
	if (Object.keys(criteria).length === 0) {
		throw new InputError(
			`${CRITERIA} is empty: nothing is chosen to clear (K10.FR.02)`,
			'Add a criterion, or switch on Clear All Profiles if everything is meant.',
		);
	}
	return {
		body: {
			chargingProfileCriteria: { ...criteria, ...(evseId !== undefined && { evseId }) },
		},
		words: 'the charging profiles that match the criteria',
		...(criteria.chargingProfilePurpose === 'ChargingStationExternalConstraints' && {
			hint: 'By OCPP only an external system clears ChargingStationExternalConstraints, so a station may refuse it (K10.FR.06).',
		}),
	};
}
