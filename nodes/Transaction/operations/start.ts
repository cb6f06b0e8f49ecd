import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { connectorField, pathOf, readConnector } from '../../shared/node/fields/connector';
import { commandOptions } from '../../shared/node/fields/options';
import { sendAnywayOption } from '../../shared/node/fields/sendAnyway';
import { stationField } from '../../shared/node/fields/station';
import type { Command } from '../../shared/node/operation';
import { FIRST_PROFILE, NULLABLE, readStartDetails, SEND_AS_NULL } from './startDetails';

const optionalText = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
});

const startOptions = commandOptions(
	optionalText(
		'Contract ID',
		'contractId',
		'e.g. FI-ABC-C12345678-X',
		'The driver’s contract with a mobility provider (eMA ID)',
	),
	optionalText(
		'eMSP Country Code',
		'emspCountryCode',
		'e.g. FI',
		'The country of the mobility provider, two letters as in OCPI',
	),
	optionalText(
		'eMSP Party ID',
		'emspPartyId',
		'e.g. ABC',
		'The mobility provider in that country, three characters as in OCPI',
	),
	{
		displayName: FIRST_PROFILE,
		name: 'chargingProfile',
		type: 'json',
		default: '{}',
		description:
			'An OCPP 2.0.1 TxProfile, without a transaction ID, that limits the transaction from its start. Times without an offset are in the workflow’s time zone.',
	},
	optionalText(
		'ID Token Issuer',
		'idTokenIssuer',
		'e.g. Example Mobility',
		'Who gave out the ID token',
	),
	optionalText(
		'OCPI Connection Profile ID',
		'ocpiConnectionProfileId',
		'e.g. roaming-hub',
		'The OCPI connection over which the transaction is billed',
	),
	sendAnywayOption(
		'a first charging profile that breaks a rule of OCPP 2.0.1, or an ID token of more than 36 characters',
	),
	{
		displayName: SEND_AS_NULL,
		name: 'sendAsNull',
		type: 'multiOptions',
		options: Object.entries(NULLABLE).map(([value, name]) => ({ name, value })),
		default: [],
		description: 'What is sent as null. A field that is only left empty is not sent at all.',
	},
	{
		displayName: 'Vehicle',
		name: 'vehicle',
		type: 'json',
		default: '{}',
		description: 'How others identify the vehicle: a JSON object that is kept with the transaction',
	},
);

/** API operation `startTransaction`; OCPP 2.0.1 RequestStartTransaction (F01, F02). Never repeated. */
export const start: Command = {
	type: 'command',
	name: 'Start',
	value: 'start',
	action: 'Start transaction',
	description:
		'Start charging on a connector, for example after a payment. Not every car can restart DC charging without being plugged in anew.',
	fields: [
		stationField,
		connectorField,
		{
			displayName: 'Authorization Reference',
			name: 'authorizationReference',
			type: 'string',
			default: '',
			placeholder: 'e.g. pay_29384',
			description:
				'Your own reference, such as a payment’s ID. It is kept with the transaction, and Get Many finds the transaction by it.',
		},
		{
			displayName: 'ID Token',
			name: 'idToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. 04A2B3C4D5E680',
			description: 'Who charges: a card’s number or a user’s ID, at most 36 characters',
		},
		{
			displayName: 'ID Token Type',
			name: 'idTokenType',
			type: 'options',
			options: [
				{ name: 'Ad Hoc User', value: 'AD_HOC_USER', description: 'A driver without a contract' },
				{ name: 'App User', value: 'APP_USER', description: 'A user of an app' },
				{
					name: 'Not Stated',
					value: '',
					description: 'Ad Hoc User if there is an ID token, and otherwise not sent',
				},
				{ name: 'Other', value: 'OTHER', description: 'Anyone or anything else' },
				{ name: 'RFID', value: 'RFID', description: 'A charging card' },
			],
			default: '',
			description: 'What the ID token is',
		},
		startOptions,
	],
	prepare(parameters) {
		const connector = readConnector(parameters);
		const { body, warnings } = readStartDetails(parameters, connector.connectorId);
		const { authorizationReference } = body;
		const target: IDataObject = {
			...connector,
			...(authorizationReference !== undefined && { authorizationReference }),
			...(warnings.length > 0 && { warnings }),
		};
		return {
			request: { endpoint: 'startTransaction', path: pathOf(connector), body },
			target,
			action: `start a transaction on connector ${connector.connectorId} of ${connector.stationId}`,
			...(warnings.length > 0 && { hint: warnings.join(' ') }),
		};
	},
	sentences: {
		Accepted:
			'The charger accepted the start. It charges as soon as a car is plugged in and ready; Get Many shows the transaction.',
	},
};
