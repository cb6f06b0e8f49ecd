import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import {
	CredentialError,
	readAccount,
	RenewalError,
	tokenOf,
} from '../nodes/shared/chargeye/account';
import type { AnswerOf } from '../nodes/shared/chargeye/contract';
import { ENDPOINTS } from '../nodes/shared/chargeye/endpoints';

const filledIn = (value: unknown): value is string =>
	typeof value === 'string' && value.trim() !== '';

/** How long ChargEye may take to renew a token. */
const RENEWAL_TIMEOUT_MS = 30_000;

/** The HTTP status in an error of n8n's request helper; undefined if the API did not answer. */
const statusOf = (error: unknown): number | undefined =>
	(error as { response?: { status?: number } }).response?.status;

const FAILED = 'The access token could not be renewed';

/** Why a renewal failed: CredentialError for a lasting reason, RenewalError for one that may be temporary. */
function renewalFailure(status: number | undefined, baseUrl: string): Error {
	switch (status) {
		case undefined:
			return new RenewalError(
				`${FAILED}: ${new URL(baseUrl).host} cannot be reached, or did not answer within ${RENEWAL_TIMEOUT_MS / 1000} s`,
			);
		case 401:
		case 403:
			return new CredentialError(
				`ChargEye refused the refresh token (${status}). It may be mistyped, revoked or from another organisation. An administrator of your organisation can create a new one in ChargEye’s account administration.`,
			);
		default:
			return status === 429 || status >= 500
				? new RenewalError(`${FAILED}: ChargEye answered ${status}`)
				: new CredentialError(
						`${FAILED}: ChargEye answered ${status}. Check Base URL and Endpoint Overrides.`,
					);
	}
}

/**
 * Obtains an access token, valid for 8 hours, with a refresh token.
 * API operation `refreshAccessToken`; the answer is `{token, validUntil}`.
 * @throws CredentialError for a lasting reason, RenewalError if a later try may succeed
 */
async function renew(
	request: IHttpRequestHelper['helpers']['httpRequest'],
	credentials: ICredentialDataDecryptedObject,
): Promise<string> {
	const { baseUrl, endpoints } = readAccount(credentials);
	const refreshToken = tokenOf(credentials.refreshToken);
	if (refreshToken === '') {
		throw new CredentialError(
			'Refresh Token is empty. An administrator of your organisation creates one in ChargEye’s account administration.',
		);
	}
	const { method, path } = endpoints.refreshAccessToken;
	let answer: AnswerOf<'refreshAccessToken'>;
	try {
		answer = (await request({
			method,
			url: `${baseUrl}${path}`,
			headers: { Authorization: `Bearer ${refreshToken}` },
			json: true,
			timeout: RENEWAL_TIMEOUT_MS,
			// n8n's time-out measures silence only: a slow answer that never ends would not reach it.
			abortSignal: AbortSignal.timeout(RENEWAL_TIMEOUT_MS),
			disableFollowRedirect: true,
		})) as AnswerOf<'refreshAccessToken'>;
	} catch (error) {
		throw renewalFailure(statusOf(error), baseUrl);
	}
	if (!filledIn(answer?.token)) {
		throw new CredentialError(
			`${FAILED}: the answer contains no token. Check Base URL and Endpoint Overrides.`,
		);
	}
	return answer.token;
}

/** The full address of a request, which n8n's HTTP Request node calls `uri`. */
function targetOf({ url, baseURL, uri }: IHttpRequestOptions & { uri?: string }): URL {
	const address = uri ?? url;
	return new URL(URL.canParse(address) ? address : `${baseURL}${address}`);
}

/**
 * Signs a request with the access token, entered or renewed.
 * @throws CredentialError if there is no token, or if the request goes to another host
 */
const authenticate: IAuthenticate = async (
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> => {
	const { baseUrl } = readAccount(credentials);
	const target = targetOf(request);
	const { origin, host } = new URL(baseUrl);
	if (target.origin !== origin) {
		throw new CredentialError(
			`The token is for ${host} only and was not sent to ${target.host}. If your ChargEye is at that address, change Base URL in the credential.`,
		);
	}
	const renews = credentials.authentication === 'refreshToken';
	const token = tokenOf(renews ? credentials.sessionToken : credentials.accessToken);
	if (token === '') {
		throw new CredentialError(
			renews
				? 'There is no access token yet. Save the credential, so that n8n can renew it.'
				: 'Access Token is empty. Enter one, or choose Refresh Token.',
		);
	}
	return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
};

/**
 * An expression for the method (0) or the path (1) of the credential’s test: those of `listLocations`, or those in
 * Endpoint Overrides. n8n resolves it before it signs the request. It must not fail on overrides that are not valid,
 * because only signing explains what is wrong with them.
 */
const testedPart = (part: 0 | 1, standard: string): string =>
	`={{ (() => { try { const given = $credentials.endpointOverrides; const overrides = typeof given === "string" ? JSON.parse(given) : given; return overrides.listLocations.trim().split(/\\s+/)[${part}]; } catch { return "${standard}"; } })() }}`;

export class ChargeEyeApi implements ICredentialType {
	name = 'chargeEyeApi';

	displayName = 'ChargeEye API';

	icon: Icon = {
		light: 'file:../icons/charge-eye.svg',
		dark: 'file:../icons/charge-eye.dark.svg',
	};

	documentationUrl =
		'https://github.com/charger-operations/n8n-nodes-charger-operations#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'A token that you renew yourself; ChargEye’s tokens are valid for 8 hours',
				},
				{
					name: 'Refresh Token',
					value: 'refreshToken',
					description: 'A long-lived token, with which n8n renews the access token automatically',
				},
			],
			default: 'refreshToken',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { authentication: ['accessToken'] } },
			default: '',
			required: true,
			description: 'The bearer token, with or without the word "Bearer"',
		},
		{
			displayName: 'Refresh Token',
			name: 'refreshToken',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { authentication: ['refreshToken'] } },
			default: '',
			required: true,
			description: 'A long-lived token, with which n8n obtains access tokens',
			hint: 'An administrator of your organisation creates it in ChargEye’s account administration',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://kempower.io/api',
			required: true,
			placeholder: 'e.g. https://kempower.io/api',
			description:
				'The address of the Charger Operations API. Must be https, except on this machine (localhost).',
		},
		{
			displayName: 'Endpoint Overrides',
			name: 'endpointOverrides',
			type: 'json',
			// Not empty: n8n marks an empty JSON field as an error.
			default: '{}',
			description:
				'Only if your account’s API has other paths than this package expects: operation keys with the method and path to use, such as {"restartStation": "POST /other/{stationId}/path"}. The README lists keys and paths.',
		},
	];

	/** n8n calls this if there is no session token yet, on a credential test, and after a 401. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		if (credentials.authentication !== 'refreshToken') return {};
		return { sessionToken: await renew(this.helpers.httpRequest, credentials) };
	}

	authenticate = authenticate;

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			method: testedPart(0, ENDPOINTS.listLocations.method) as IHttpRequestMethods,
			url: testedPart(1, ENDPOINTS.listLocations.path),
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'ChargEye did not accept the token (401): it is wrong or expired, or its user has no permission.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Charger Operations API at this Base URL (404).',
				},
			},
		],
	};
}
