import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { CredentialReference, N8nClient } from './n8nClient.mts';
import type { SandboxAddresses } from './sandbox.mts';

export const CREDENTIAL_TYPE = 'chargeEyeApi';

/** Credential data for an API such as the sandbox, one for each kind of authentication. */
export const credentialsFor = ({
	rest,
	accessToken,
	refreshToken,
}: Pick<SandboxAddresses, 'rest' | 'accessToken' | 'refreshToken'>) => {
	const empty = {
		accessToken: '',
		refreshToken: '',
		sessionToken: '',
		baseUrl: rest,
		endpointOverrides: '{}',
	};
	return {
		accessToken: (overrides: ICredentialDataDecryptedObject = {}) => ({
			...empty,
			authentication: 'accessToken',
			accessToken,
			...overrides,
		}),
		/** With a refresh token, which renews the access token. */
		refreshToken: (overrides: ICredentialDataDecryptedObject = {}) => ({
			...empty,
			authentication: 'refreshToken',
			refreshToken,
			...overrides,
		}),
	};
};

/** Saves a credential for a sandbox, with a refresh token. */
export const createSandboxCredential = (
	client: N8nClient,
	sandbox: SandboxAddresses,
	name = 'ChargEye sandbox',
): Promise<CredentialReference> =>
	client.createCredential(name, CREDENTIAL_TYPE, credentialsFor(sandbox).refreshToken());
