import type { IDataObject } from 'n8n-workflow';

import { prepareProfile } from '../../shared/node/chargingProfile';
import { readOptionalText } from '../../shared/node/fields/optionalText';
import { readSendAnyway } from '../../shared/node/fields/sendAnyway';
import {
	checkObject,
	checkOption,
	checkText,
	InputError,
	isEmpty,
	present,
	type Parameters,
} from '../../shared/node/parameters';

export const FIRST_PROFILE = 'First Charging Profile';
export const SEND_AS_NULL = 'Send as Null';

const ID_TOKEN_TYPES = ['AD_HOC_USER', 'APP_USER', 'OTHER', 'RFID'] as const;

/** OCPP 2.0.1 IdTokenType: identifierString[36]. */
const ID_TOKEN_LENGTH = 36;

/** Options that go into the body as text, with their names in the form. */
const TEXTS = {
	contractId: 'Contract ID',
	emspCountryCode: 'eMSP Country Code',
	emspPartyId: 'eMSP Party ID',
	idTokenIssuer: 'ID Token Issuer',
	ocpiConnectionProfileId: 'OCPI Connection Profile ID',
};

/** What the API also takes as null, which is something else than leaving it out. */
export const NULLABLE = {
	authorizationReference: 'Authorization Reference',
	idToken: 'ID Token',
	idTokenIssuer: 'ID Token Issuer',
	vehicle: 'Vehicle',
};

type Nullable = keyof typeof NULLABLE;

function readIdToken(parameters: Parameters, sendAnyway: boolean) {
	const idToken = readOptionalText(parameters, 'idToken', NULLABLE.idToken);
	if (idToken === undefined || idToken.length <= ID_TOKEN_LENGTH) return { idToken, warnings: [] };
	const problem = `ID Token has ${idToken.length} characters, more than ${ID_TOKEN_LENGTH}`;
	if (sendAnyway) return { idToken, warnings: [`Sent although: ${problem}.`] };
	throw new InputError(
		problem,
		`By OCPP 2.0.1 an ID token has at most ${ID_TOKEN_LENGTH} characters. Shorten it, or let the charger decide with the option Send Anyway.`,
	);
}

/** The type that is chosen; of an ID token without one, that of a driver without a contract. */
function readIdTokenType(parameters: Parameters, idToken: string | undefined): string | undefined {
	const type = parameters.get('idTokenType', '');
	if (!isEmpty(type)) return checkOption('ID Token Type', type, ID_TOKEN_TYPES);
	return idToken === undefined ? undefined : 'AD_HOC_USER';
}

/**
 * What is to be sent as null.
 * @param given the fields that have a value
 * @throws InputError if one of them is among those
 */
function readNulls(value: unknown, given: IDataObject): Partial<Record<Nullable, null>> {
	const chosen: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
	const names = chosen.map((one) =>
		checkOption(SEND_AS_NULL, one, Object.keys(NULLABLE) as Nullable[]),
	);
	const both = names.find((name) => given[name] !== undefined);
	if (both !== undefined) {
		throw new InputError(
			`${SEND_AS_NULL} names ${NULLABLE[both]}, which has a value`,
			`Leave ${NULLABLE[both]} empty, or take it out of ${SEND_AS_NULL}.`,
		);
	}
	return Object.fromEntries(names.map((name) => [name, null]));
}

/**
 * Reads what a start takes beside its connector.
 * @param connectorId as the API calls it; rules that need its number are applied where it is one
 * @returns the body of API operation `startTransaction`, all of it optional, and warnings
 * @throws InputError
 */
export function readStartDetails(
	parameters: Parameters,
	connectorId: string,
): { body: IDataObject; warnings: string[] } {
	const options = parameters.collection('options');
	const sendAnyway = readSendAnyway(options);
	const { idToken, warnings } = readIdToken(parameters, sendAnyway);
	const texts = Object.entries(TEXTS)
		.filter(([name]) => options[name] !== undefined)
		.map(([name, field]): [string, string] => [name, checkText(field, options[name])]);
	const first =
		options.chargingProfile === undefined
			? undefined
			: prepareProfile(options.chargingProfile, {
					target: { request: 'start', evseId: connectorId },
					timezone: parameters.timezone,
					nameOf: () => FIRST_PROFILE,
					sendAnyway,
				});
	const body = present({
		authorizationReference: readOptionalText(
			parameters,
			'authorizationReference',
			NULLABLE.authorizationReference,
		),
		idToken,
		idTokenType: readIdTokenType(parameters, idToken),
		...Object.fromEntries(texts),
		vehicle:
			options.vehicle === undefined ? undefined : checkObject(NULLABLE.vehicle, options.vehicle),
		chargingProfile: first?.chargingProfile,
	});
	return {
		body: { ...body, ...readNulls(options.sendAsNull, body) },
		warnings: [...warnings, ...(first?.warnings ?? [])],
	};
}
