import {
	sleep,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
	type IPollFunctions,
} from 'n8n-workflow';

import { readAccount, type Account } from './account';
import { cleanText, wordsOf } from './cleanText';
import { fillPath, isIdempotent } from './endpoints';
import { ApiFailure, readFailure, type Outcome } from './failure';
import { MAX_REPEATS, Pace, readRetryAfter, type Clock } from './pace';
import { SharedRenewal } from './renewal';
import type { ApiRequest, SentRequest } from './request';

/** The credential type that signs every request. */
export const CREDENTIAL = 'chargeEyeApi';

/** How long one request may take: ChargEye waits for the charger before it answers (ms). */
const TIMEOUT_MS = 60_000;

/** How long a run may wait and repeat unless the user says otherwise (s). */
export const DEFAULT_TIME_LIMIT = 300;

const CLOCK: Clock = { now: Date.now, sleep, random: Math.random };

type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/**
 * Talks HTTP to the Charger Operations API: the only place that does. One client serves one run of a node; its
 * requests share the pace and the access token.
 */
export class ChargeEyeClient {
	private readonly account: Account;
	/** Read once a run, not once a request; n8n puts a renewed token into it. */
	private readonly signedWith: ICredentialsDecrypted;
	private readonly pace: Pace;
	private readonly renewal?: SharedRenewal;

	/** @throws CredentialError if Base URL or Endpoint Overrides cannot be used */
	private constructor(
		private readonly context: Context,
		private readonly credentials: ICredentialDataDecryptedObject,
		private readonly timeLimit: number,
	) {
		this.account = readAccount(credentials);
		this.signedWith = { id: '', name: CREDENTIAL, type: CREDENTIAL, data: credentials };
		this.pace = new Pace(CLOCK, timeLimit * 1000);
		if (credentials.authentication === 'refreshToken') {
			this.renewal = new SharedRenewal(Boolean(credentials.sessionToken), CLOCK.now);
		}
	}

	/**
	 * A client for the credential of the node that runs.
	 * @param timeLimit how long the run may wait and repeat in all (s)
	 * @throws CredentialError if Base URL or Endpoint Overrides cannot be used
	 */
	static async of(context: Context, timeLimit = DEFAULT_TIME_LIMIT): Promise<ChargeEyeClient> {
		const credentials = await context.getCredentials(CREDENTIAL);
		return new ChargeEyeClient(context, credentials, timeLimit);
	}

	/** Where the API is, without a trailing slash. */
	get baseUrl(): string {
		return this.account.baseUrl;
	}

	/** The exact request that `send` would send; never holds a token. */
	describe(request: ApiRequest): SentRequest {
		const { method, path } = this.account.endpoints[request.endpoint];
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
	 *
	 * Asked to wait (429, or 503 with Retry-After), it waits and holds back all others too. After other 5xx,
	 * time-outs and broken connections it repeats with back-off. It repeats only what is idempotent: a POST (start,
	 * stop, restart) is sent once, but for a 401, which says that nothing was done. An expired token is renewed once
	 * for all.
	 *
	 * @throws ApiFailure on any other status, and when waiting and repeating come to their bounds
	 * @throws CredentialError if the credential cannot be used
	 */
	async send(request: ApiRequest): Promise<unknown> {
		const sent = this.describe(request);
		let last: ApiFailure | undefined;
		for (let repeats = 0; ; ) {
			const inTime = await this.pace.turn(() => this.isCancelled());
			if (this.isCancelled()) throw new ApiFailure(sent, { type: 'cancelled' });
			if (!inTime) {
				throw last ?? new ApiFailure(sent, { type: 'timeLimit', seconds: this.timeLimit });
			}
			const outcome = await this.authorized(sent);
			if ('body' in outcome) {
				this.pace.answered();
				return outcome.body;
			}
			if (!(outcome.failed instanceof ApiFailure)) throw outcome.failed;
			last = outcome.failed;
			const wait = this.askedToWait(last);
			if (wait !== undefined) this.pace.throttled(wait);
			if (!isIdempotent(request.endpoint)) throw last;
			if (wait !== undefined) continue;
			if (!last.isPassing || repeats === MAX_REPEATS) throw last;
			if (!(await this.pace.wait(this.pace.backOff(repeats++)))) throw last;
		}
	}

	private isCancelled(): boolean {
		if (!('getExecutionCancelSignal' in this.context)) return false;
		return this.context.getExecutionCancelSignal()?.aborted === true;
	}

	/** How long the API asks to wait (ms), if it does. */
	private askedToWait({ failure }: ApiFailure): number | undefined {
		if (failure.type !== 'status') return undefined;
		const asked = readRetryAfter(failure.retryAfter, CLOCK.now());
		if (failure.status === 429) return asked ?? this.pace.backOff(1);
		return failure.status === 503 ? asked : undefined;
	}

	private authorized(sent: SentRequest): Promise<Outcome> {
		const attempt = (renew: boolean) => this.attempt(sent, renew);
		return this.renewal ? this.renewal.send(attempt) : attempt(false);
	}

	/**
	 * Sends a request once.
	 * @param renew whether n8n shall renew the token on a 401 and send once more
	 */
	private async attempt(sent: SentRequest, renew: boolean): Promise<Outcome> {
		const options: IHttpRequestOptions = {
			...sent,
			json: true,
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			// A redirected PUT or DELETE would arrive elsewhere, or as a GET.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: renew ? { ignore: true, except: [401] } : true,
		};
		const redact = (text: string) => this.redact(text);
		let response: IN8nHttpFullResponse;
		try {
			response = (await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				CREDENTIAL,
				options,
				{ credentialsDecrypted: this.signedWith },
			)) as IN8nHttpFullResponse;
		} catch (error) {
			return { failed: readFailure(error, sent, TIMEOUT_MS, redact) };
		}
		const { statusCode, body, headers } = response;
		if (statusCode >= 200 && statusCode < 300) return { body };
		const retryAfter = headers['retry-after'];
		const failed = new ApiFailure(sent, {
			type: 'status',
			status: statusCode,
			words: redact(wordsOf(body)),
			...(typeof retryAfter === 'string' && { retryAfter }),
		});
		return { failed };
	}

	/** Text of the API's with every secret of the credential taken out. */
	private redact(text: string): string {
		const { accessToken, refreshToken, sessionToken } = this.credentials;
		const secrets = [accessToken, refreshToken, sessionToken].filter(
			(secret): secret is string => typeof secret === 'string' && secret !== '',
		);
		return cleanText(secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text));
	}
}
