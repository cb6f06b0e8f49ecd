import type { IDataObject } from 'n8n-workflow';

import { checkChargingProfile } from '../../shared/charging/rules';

import { readOptionalText } from '../../shared/node/fields/optionalText';
import { checkObject, checkText, InputError, type Parameters } from '../../shared/node/parameters';

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

function readIdToken(parameters: Parameters): string | undefined {
	const idToken = readOptionalText(parameters, 'idToken', 'ID Token');
	if (idToken !== undefined && idToken.length > ID_TOKEN_LENGTH) {
		throw new InputError(
			`ID Token has ${idToken.length} characters, more than ${ID_TOKEN_LENGTH}`,
			`Chargers take at most ${ID_TOKEN_LENGTH} characters.`,
		);
	}
	return idToken;
}

/** Checks what comes with a start (F01.FR.09, F01.FR.11), and says what a charger will take but is rarely meant. */
function readFirstProfile(value: unknown, evseId: number) {
	const field = 'First Charging Profile';
	const profile = checkObject(field, value);
	const findings = checkChargingProfile(profile, { request: 'start', evseId });
	const errors = findings.filter(({ severity }) => severity === 'error');
	if (errors.length > 0) {
		const [first, ...others] = errors.map(({ path, message }) => `${path}: ${message}`);
		throw new InputError(
			`${field}, ${first.replace(/\.$/, '')}`,
			['Chargers refuse such a profile.', ...others].join(' '),
		);
	}
	const warnings = findings.map(({ path, message }) => `${field}, ${path}: ${message}`);
	return { profile, hint: warnings.length > 0 ? warnings.join(' ') : undefined };
}

/**
 * Reads what a start takes beside its connector.
 * @returns the body of API operation `startTransaction`, and a hint where the first profile will surprise
 * @throws InputError
 */
export function readStartDetails(
	parameters: Parameters,
	evseId: number,
): { body: IDataObject; hint?: string } {
	const options = parameters.collection('options');
	const idToken = readIdToken(parameters);
	const authorizationReference = readOptionalText(
		parameters,
		'authorizationReference',
		'Authorization Reference',
	);
	const texts = Object.entries(TEXTS)
		.filter(([name]) => options[name] !== undefined)
		.map(([name, field]): [string, string] => [name, checkText(field, options[name])]);
	const first =
		options.chargingProfile === undefined
			? undefined
			: readFirstProfile(options.chargingProfile, evseId);
	return {
		body: {
			...(authorizationReference !== undefined && { authorizationReference }),
			...(idToken !== undefined && { idToken }),
			idTokenType: parameters.option('idTokenType', 'ID Token Type', ID_TOKEN_TYPES),
			...Object.fromEntries(texts),
			...(options.vehicle !== undefined && {
				vehicle: checkObject('Vehicle', options.vehicle),
			}),
			...(first && { chargingProfile: first.profile }),
		},
		hint: first?.hint,
	};
}
