import type { BodyOf } from '../../shared/chargeye/contract';
import { InputError } from '../../shared/charging/base/inputError';
import { prepareProfile } from '../../shared/node/chargingProfile';
import { objectField } from '../../shared/node/fields/kinds/json';
import { flagField } from '../../shared/node/fields/kinds/flag';
import { optionField, optionsField } from '../../shared/node/fields/kinds/option';
import { textField } from '../../shared/node/fields/kinds/text';
import type { Values } from '../../shared/node/fields/kinds/values';
import { commandOptions } from '../../shared/node/fields/options';
import { sendAnywayOf } from '../../shared/node/fields/sendAnyway';
import { propertiesOf, type FormPart } from '../../shared/node/fields/kinds/field';
import { present } from '../../shared/node/present';

/** OCPP 2.0.1 IdTokenType: identifierString[36]. */
const ID_TOKEN_LENGTH = 36;

const authorizationReference = textField({
	label: 'Authorization Reference',
	name: 'authorizationReference',
	placeholder: 'e.g. pay_29384',
	description:
		'Your own reference, such as a payment’s ID. It is kept with the transaction, and Get Many finds the transaction by it. Nothing is started if a transaction of the charging station has it already.',
});

const idToken = textField({
	label: 'ID Token',
	name: 'idToken',
	password: true,
	placeholder: 'e.g. 04A2B3C4D5E680',
	description: `Who charges: a card’s number or a user’s ID, at most ${ID_TOKEN_LENGTH} characters`,
});

const idTokenType = optionField({
	label: 'ID Token Type',
	name: 'idTokenType',
	options: [
		{ name: 'Ad Hoc User', value: 'AD_HOC_USER', description: 'A driver without a contract' },
		{ name: 'App User', value: 'APP_USER', description: 'A user of an app' },
		{
			name: 'Not Stated',
			value: '',
			description: 'Ad Hoc User is sent if there is an ID token, otherwise nothing',
		},
		{ name: 'Other', value: 'OTHER', description: 'Anyone or anything else' },
		{ name: 'RFID', value: 'RFID', description: 'A charging card' },
	],
	default: '',
	description: 'What the ID token is',
});

const contractId = textField({
	label: 'Contract ID',
	name: 'contractId',
	placeholder: 'e.g. FI-ABC-C12345678-X',
	description: 'The driver’s contract with a mobility provider (eMA ID)',
});

const emspCountryCode = textField({
	label: 'eMSP Country Code',
	name: 'emspCountryCode',
	placeholder: 'e.g. FI',
	description: 'The country of the mobility provider, two letters as in OCPI',
});

const emspPartyId = textField({
	label: 'eMSP Party ID',
	name: 'emspPartyId',
	placeholder: 'e.g. ABC',
	description: 'The mobility provider in that country, three characters as in OCPI',
});

const firstProfile = objectField({
	label: 'First Charging Profile',
	name: 'chargingProfile',
	example:
		'{ "id": 1, "stackLevel": 0, "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Relative", "chargingSchedule": [{ "id": 1, "chargingRateUnit": "W", "chargingSchedulePeriod": [{ "startPeriod": 0, "limit": 20000 }] }] }',
	description:
		'A profile that limits the transaction from its start, in OCPP 2.0.1’s form: purpose TxProfile, without a transaction ID. Times without an offset are in the workflow’s time zone.',
});

const idTokenIssuer = textField({
	label: 'ID Token Issuer',
	name: 'idTokenIssuer',
	placeholder: 'e.g. Example Mobility',
	description: 'Who issued the ID token',
});

const ocpiConnectionProfileId = textField({
	label: 'OCPI Connection Profile ID',
	name: 'ocpiConnectionProfileId',
	placeholder: 'e.g. roaming-hub',
	description: 'The OCPI connection over which the transaction is billed',
});

const sendAnyway = sendAnywayOf(
	`a first charging profile that breaks a rule of OCPP 2.0.1, or an ID token of more than ${ID_TOKEN_LENGTH} characters`,
);

/** Switches off that a start is sent once per reference. */
export const startAgain = flagField({
	label: 'Start Again',
	name: 'startAgain',
	default: true,
	description: `Whether to start without looking first for a transaction of the charging station that has this ${authorizationReference.label} already`,
});

const vehicle = objectField({
	label: 'Vehicle',
	name: 'vehicle',
	example: '{ "id": "BUS-17" }',
	description: 'Data that identifies the vehicle: a JSON object that is kept with the transaction',
});

/** Fields that the API also accepts as null, which differs from leaving them out. */
const NULLABLE = { authorizationReference, idToken, idTokenIssuer, vehicle };

type Nullable = keyof typeof NULLABLE;

const sendAsNull = optionsField({
	label: 'Send as Null',
	name: 'sendAsNull',
	options: (Object.keys(NULLABLE) as Nullable[]).map((value) => ({
		name: NULLABLE[value].label,
		value,
	})),
	default: [],
	description:
		'The fields that are sent as null. A field that is just left empty is not sent at all.',
});

const options = commandOptions(
	contractId,
	emspCountryCode,
	emspPartyId,
	firstProfile,
	idTokenIssuer,
	ocpiConnectionProfileId,
	sendAnyway,
	sendAsNull,
	startAgain,
	vehicle,
);

function readIdToken(parameters: Values, isSentAnyway: boolean) {
	const token = idToken.readIfGiven(parameters);
	if (token === undefined || token.length <= ID_TOKEN_LENGTH) return { token, warnings: [] };
	const problem = `${idToken.label} has ${token.length} characters, more than ${ID_TOKEN_LENGTH}`;
	if (isSentAnyway) return { token, warnings: [`Sent anyway: ${problem}.`] };
	throw new InputError(
		problem,
		`By OCPP 2.0.1 an ID token has at most ${ID_TOKEN_LENGTH} characters. Shorten it, or let the charger decide with the option ${sendAnyway.label}.`,
	);
}

/**
 * The fields to send as null.
 * @param given the fields that have a value
 * @throws InputError if a field to send as null has a value
 */
function readNulls(added: Values, given: object): Partial<Record<Nullable, null>> {
	const names = sendAsNull.readIfGiven(added) ?? [];
	const both = names.find((name) => Object.hasOwn(given, name));
	if (both !== undefined) {
		const { label } = NULLABLE[both];
		throw new InputError(
			`${sendAsNull.label} names ${label}, which has a value`,
			`Leave ${label} empty, or take it out of ${sendAsNull.label}.`,
		);
	}
	return Object.fromEntries(names.map((name) => [name, null]));
}

type StartBody = BodyOf<'startTransaction'>;

/** The fields of Start, without its connector. */
export const startDetails: FormPart & {
	/**
	 * @param connectorId the connector’s ID in the API; rules that need a number are applied if it is one
	 * @returns the body of API operation `startTransaction`, which may be empty, whether to send it even if a transaction
	 * has its reference, and warnings
	 * @throws InputError
	 */
	read(
		parameters: Values,
		connectorId: string,
	): { body: StartBody; isSentAgain: boolean; warnings: string[] };
} = {
	properties: propertiesOf([authorizationReference, idToken, idTokenType, options]),
	read(parameters, connectorId) {
		const added = options.read(parameters);
		const isSentAnyway = sendAnyway.read(added);
		const { token, warnings } = readIdToken(parameters, isSentAnyway);
		const json = firstProfile.readIfGiven(added);
		const first =
			json &&
			prepareProfile(json, {
				target: { request: 'start', evseId: connectorId },
				timezone: parameters.timezone,
				nameOf: () => firstProfile.label,
				sendAnyway: isSentAnyway,
			});
		const body = present<StartBody>({
			authorizationReference: authorizationReference.readIfGiven(parameters),
			idToken: token,
			idTokenType:
				idTokenType.readIfGiven(parameters) ?? (token === undefined ? undefined : 'AD_HOC_USER'),
			contractId: contractId.readIfGiven(added),
			emspCountryCode: emspCountryCode.readIfGiven(added),
			emspPartyId: emspPartyId.readIfGiven(added),
			idTokenIssuer: idTokenIssuer.readIfGiven(added),
			ocpiConnectionProfileId: ocpiConnectionProfileId.readIfGiven(added),
			vehicle: vehicle.readIfGiven(added),
			chargingProfile: first?.chargingProfile,
		});
		return {
			body: { ...body, ...readNulls(added, body) },
			isSentAgain: startAgain.read(added),
			warnings: [...warnings, ...(first?.warnings ?? [])],
		};
	},
};
