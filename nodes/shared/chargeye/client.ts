import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { CredentialError, readAccount, type Account } from './account';
import { cleanText, wordsOf } from './cleanText';
import { fillPath, type Endpoint, type EndpointKey, type HttpMethod } from './endpoints';

/** The credential type that signs every request. */
export const CREDENTIAL = 'chargeEyeApi';

/** How long one request may take: ChargEye waits for the charger before it answers (ms). */
const TIMEOUT_MS = 60_000;

/** What an operation wants sent, before an account's base URL and Endpoint Overrides are known. */
export interface ApiRequest {
	endpoint: EndpointKey;
	/** Values of the path's placeholders. */
	path?: Record<string, string | number>;
	query?: Record<string, string | number>;
	body?: IDataObject;
}

/** A request as it goes out; never holds a token. */
export interface SentRequest {
	method: HttpMethod;
	url: string;
	body?: IDataObject;
}

/** Why a request brought no answer of use. */
export type FailureCause =
	| { type: 'status'; status: number; words: string; retryAfter?: string }
	| { type: 'unreachable'; code: string }
	| { type: 'timeout'; seconds: number }
	| { type: 'cancelled' };

/** A request that failed: what was sent, and what came back. */
export class ApiFailure extends Error {
	name = 'ApiFailure';

	constructor(
		readonly sent: SentRequest,
		readonly failure: FailureCause,
	) {
		super(failure.type === 'status' ? `HTTP ${failure.status}` : failure.type);
	}
}

type Context = IExecuteFunctions | ILoadOptionsFunctions;

const TIMEOUT_CODES = ['ECONNABORTED', 'ETIMEDOUT'];

/** Finds a property on an error or on what caused it. */
function findInCauses(error: unknown, name: 'code' | 'name' | 'message', wanted?: string): unknown {
	for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
		const value: unknown = Reflect.get(at, name);
		if (value !== undefined && (wanted === undefined || value === wanted)) {
			return wanted === undefined ? value : at;
		}
	}
	return undefined;
}

/** Talks HTTP to the Charger Operations API: the only place that does. */
export class ChargeEyeClient {
	private constructor(
		private readonly context: Context,
		private readonly account: Account,
		private readonly secrets: readonly string[],
	) {}

	/**
	 * A client for the credential of the node that runs.
	 * @throws CredentialError if Base URL or Endpoint Overrides cannot be used
	 */
	static async of(context: Context): Promise<ChargeEyeClient> {
		const credentials = await context.getCredentials(CREDENTIAL);
		const secrets = [credentials.accessToken, credentials.refreshToken, credentials.sessionToken];
		return new ChargeEyeClient(
			context,
			readAccount(credentials),
			secrets.filter((secret): secret is string => typeof secret === 'string' && secret !== ''),
		);
	}

	endpoint(key: EndpointKey): Endpoint {
		return this.account.endpoints[key];
	}

	/** The exact request that `send` would send. */
	describe(request: ApiRequest): SentRequest {
		const { method, path } = this.endpoint(request.endpoint);
		const query = new URLSearchParams(
			Object.entries(request.query ?? {}).map(([name, value]): [string, string] => [
				name,
				String(value),
			]),
		).toString();
		return {
			method,
			url: `${this.account.baseUrl}${fillPath(path, request.path ?? {})}${query && `?${query}`}`,
			...(request.body && { body: request.body }),
		};
	}

	/**
	 * Sends a request and returns the body of its 2xx answer.
	 * n8n renews the access token and repeats once on a 401 (a 401 means that nothing was done).
	 * @throws ApiFailure on any other status, and if the API cannot be reached or takes too long
	 * @throws CredentialError if the credential cannot be used
	 */
	async send(request: ApiRequest): Promise<unknown> {
		const sent = this.describe(request);
		const options: IHttpRequestOptions = {
			...sent,
			json: true,
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			// A redirected PUT or DELETE would arrive elsewhere, or as a GET.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
		};
		let response: IN8nHttpFullResponse;
		try {
			response = (await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				CREDENTIAL,
				options,
			)) as IN8nHttpFullResponse;
		} catch (error) {
			throw this.failure(sent, error);
		}
		const { statusCode, body, headers } = response;
		if (statusCode >= 200 && statusCode < 300) return body;
		const retryAfter = headers['retry-after'];
		throw new ApiFailure(sent, {
			type: 'status',
			status: statusCode,
			words: this.redact(wordsOf(body)),
			...(typeof retryAfter === 'string' && { retryAfter }),
		});
	}

	/** Text of the API's with every secret of the credential taken out. */
	redact(text: string): string {
		return cleanText(this.secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text));
	}

	private failure(sent: SentRequest, error: unknown): Error {
		const refused = findInCauses(error, 'name', 'CredentialError');
		if (refused instanceof Error) return new CredentialError(refused.message);
		if (error instanceof Error && Reflect.get(error, 'httpCode') === '401') {
			const data = (Reflect.get(error, 'context') as { data?: unknown } | undefined)?.data;
			const words = this.redact(wordsOf(data));
			return new ApiFailure(sent, { type: 'status', status: 401, words });
		}
		const code = findInCauses(error, 'code');
		if (code === 'ERR_CANCELED') return new ApiFailure(sent, { type: 'cancelled' });
		if (typeof code === 'string' && TIMEOUT_CODES.includes(code)) {
			return new ApiFailure(sent, { type: 'timeout', seconds: TIMEOUT_MS / 1000 });
		}
		return new ApiFailure(sent, {
			type: 'unreachable',
			code: typeof code === 'string' ? code : this.redact(String(findInCauses(error, 'message'))),
		});
	}
}
