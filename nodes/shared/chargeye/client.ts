import {
	isObjectEmpty,
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
import type { AnswerOf, EndpointKey } from './contract';
import { fillPath, isIdempotent } from './endpoints';
import { ApiFailure, readFailure, type Outcome } from './failure';
import { Pace, readRetryAfterMs, type Clock, type RunEnd, type Turn } from './pace';
import { SharedRenewal } from './renewal';
import { Repeats } from './repeats';
import type { ApiRequest, SentRequest } from './request';
import { Secrets } from './secrets';
import { TOO_LONG, Watch } from './watch';

/** The credential type that signs every request. */
export const CREDENTIAL = 'chargeEyeApi';

/** How long one request may take. It is long, since ChargEye waits for the charger before it answers. */
const TIMEOUT_MS = 60_000;

/** How much later our time-out comes than n8n's, whose error says more. */
const GRACE_MS = 250;

/** How often the API may ask one request to slow down (429, or 503 with Retry-After) before it fails. */
const MAX_THROTTLES = 20;

/** The wait of one request after "Retry-After: 0": longer each time, up to 20 s. */
const backOffMs = (throttles: number) => Math.min(50 * 2 ** throttles, 20_000);

/** For how long a run may send requests unless the user sets another Time Limit. */
export const DEFAULT_TIME_LIMIT_SECONDS = 600;

const CLOCK: Clock = { nowMs: Date.now, sleep, random: Math.random };

/** Replaces a body that is an empty object, which n8n would leave out. */
const EMPTY_BODY = { body: '{}', headers: { 'Content-Type': 'application/json' } };

type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/**
 * Sends requests to the Charger Operations API: the only place that does. One client serves one run of a node; its
 * requests share the pace, the repeats, the time limit and the access token.
 */
export class ChargeEyeClient {
	private readonly account: Account;
	/** Read once per run, not once per request; n8n writes a renewed token into it. */
	private readonly signedWith: ICredentialsDecrypted;
	private readonly pace: Pace;
	private readonly repeats = new Repeats(CLOCK.random);
	private readonly watch = new Watch(CLOCK);
	private readonly renewal?: SharedRenewal;
	private knownSecrets?: { sessionToken: unknown; secrets: Secrets };
	private isStopped = false;

	/** @throws CredentialError if Base URL or Endpoint Overrides cannot be used */
	private constructor(
		private readonly context: Context,
		private readonly credentials: ICredentialDataDecryptedObject,
		private readonly timeLimitSeconds: number,
	) {
		this.account = readAccount(credentials);
		this.signedWith = { id: '', name: CREDENTIAL, type: CREDENTIAL, data: credentials };
		this.pace = new Pace(CLOCK, timeLimitSeconds * 1000, () => this.whyEnded());
		if (credentials.authentication === 'refreshToken') {
			this.renewal = new SharedRenewal(Boolean(credentials.sessionToken), CLOCK.nowMs, (repeats) =>
				this.waitForRepeat(repeats),
			);
		}
	}

	/**
	 * A client for the credential of the node that runs.
	 * @param timeLimitSeconds for how long the run may send requests
	 * @throws CredentialError if Base URL or Endpoint Overrides cannot be used
	 */
	static async of(
		context: Context,
		timeLimitSeconds = DEFAULT_TIME_LIMIT_SECONDS,
	): Promise<ChargeEyeClient> {
		const credentials = await context.getCredentials(CREDENTIAL);
		return new ChargeEyeClient(context, credentials, timeLimitSeconds);
	}

	/** Where the API is, without a trailing slash. */
	get baseUrl(): string {
		return this.account.baseUrl;
	}

	/** Stops sending. Requests under way are completed; others fail with a cause of type `stopped`. */
	stop(): void {
		this.isStopped = true;
	}

	/** The exact request that `send` would send; never contains a token. */
	describe(request: ApiRequest): SentRequest {
		const { method, path } = this.account.endpoints[request.endpoint];
		const query = new URLSearchParams(
			Object.entries(request.query ?? {})
				.filter(([, value]) => value !== undefined)
				.map(([name, value]): [string, string] => [name, String(value)]),
		).toString();
		return {
			method,
			url: `${this.account.baseUrl}${fillPath(path, request.path ?? {})}${query && `?${query}`}`,
			...(request.body && { body: request.body }),
		};
	}

	/**
	 * Sends a request and returns the body of its 2xx answer, without the secrets of the credential.
	 *
	 * If the API asks to slow down (429, or 503 with Retry-After), this request and all others of the run wait. After
	 * other 5xx, time-outs and broken connections, requests that are safe to repeat are repeated with back-off. Others
	 * (start, stop, restart) are sent again only if the first was certainly not carried out: if the API asked to slow
	 * down, if there was no connection, or if the token had expired. A token is renewed once for all requests.
	 *
	 * @throws ApiFailure on any other status, and when the limits of waiting and repeating are reached
	 * @throws CredentialError if the credential cannot be used
	 */
	async send<K extends EndpointKey>(request: ApiRequest<K>): Promise<AnswerOf<K>> {
		const sent = this.describe(request as ApiRequest);
		let last: ApiFailure | undefined;
		for (let throttles = 0, repeats = 0; ; ) {
			const turn = await this.pace.admit();
			if (typeof turn === 'string') throw this.notAdmitted(turn, sent, last);
			const outcome = await this.authorized(sent);
			if ('body' in outcome) {
				this.answered(turn);
				return outcome.body as AnswerOf<K>;
			}
			if (!(outcome.failed instanceof ApiFailure)) throw outcome.failed;
			last = outcome.failed;
			if (isThrottled(last)) {
				const askedMs = retryAfterMsOf(last);
				turn.throttled(askedMs);
				if (throttles++ === MAX_THROTTLES) throw last;
				// Other requests continue, and only this one waits.
				if (askedMs === 0) await this.pace.wait(backOffMs(throttles));
				continue;
			}
			if (!last.isPassing) this.answered(turn);
			if (!mayBeRepeated(request.endpoint, last)) throw last;
			if (!(await this.waitForRepeat(repeats++))) throw last;
		}
	}

	private answered(turn: Turn): void {
		turn.answered();
		this.repeats.answered();
	}

	/** Waits before a repeat. @param repeats how many there were @returns false if the request must not be repeated */
	private async waitForRepeat(repeats: number): Promise<boolean> {
		const ms = this.repeats.nextBackOffMs(repeats);
		return ms !== undefined && (await this.pace.wait(ms)) === 'over';
	}

	/**
	 * Why a request is not sent, or not sent again. Its last failure is the better answer if the request may have been
	 * carried out, or if the failure was not the API's wish to slow down.
	 */
	private notAdmitted(reason: RunEnd, sent: SentRequest, last: ApiFailure | undefined): ApiFailure {
		if (last && !last.isNotCarriedOut) return last;
		if (reason === 'cancelled') return new ApiFailure(sent, { type: 'cancelled' });
		if (last && !isThrottled(last)) return last;
		if (reason === 'stopped') return new ApiFailure(sent, { type: 'stopped' });
		const waitMs = last ? (retryAfterMsOf(last) ?? this.pace.pauseMs) : this.pace.pauseMs;
		return new ApiFailure(sent, {
			type: 'timeLimit',
			seconds: this.timeLimitSeconds,
			...(waitMs > 0 && { waitMs }),
		});
	}

	/** Whether the user cancelled the execution, or another item failed. */
	private whyEnded(): 'cancelled' | 'stopped' | undefined {
		const { context } = this;
		const signal =
			'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
		if (signal?.aborted) return 'cancelled';
		return this.isStopped ? 'stopped' : undefined;
	}

	private authorized(sent: SentRequest): Promise<Outcome> {
		if (!this.renewal) return this.attempt(sent, 'none');
		return this.renewal.send((renew) => this.attempt(sent, renew ? '401' : 'none'));
	}

	/**
	 * Sends once.
	 * @param sees the statuses that n8n sees as errors: if it sees a 401, it renews the token and sends the request again
	 */
	private async attempt(sent: SentRequest, sees: 'none' | '401' | 'all'): Promise<Outcome> {
		const timeoutMs = Math.max(1, Math.min(TIMEOUT_MS, this.pace.remainingMs));
		const options: IHttpRequestOptions = {
			...sent,
			...(sent.body && isObjectEmpty(sent.body) && EMPTY_BODY),
			json: true,
			timeout: timeoutMs,
			returnFullResponse: true,
			// A redirect could turn a PUT or DELETE into a GET, or send it to another server.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: sees === '401' ? { ignore: true, except: [401] } : sees === 'none',
		};
		const wordsIn = (body: unknown) => cleanText(wordsOf(this.secrets.hideInJson(body)));
		let response: IN8nHttpFullResponse | typeof TOO_LONG;
		try {
			response = await this.watch.within(
				timeoutMs + GRACE_MS,
				this.context.helpers.httpRequestWithAuthentication.call(this.context, CREDENTIAL, options, {
					credentialsDecrypted: this.signedWith,
				}) as Promise<IN8nHttpFullResponse>,
			);
		} catch (error) {
			return { failed: readFailure(error, sent, timeoutMs, wordsIn) };
		}
		if (response === TOO_LONG) {
			return { failed: new ApiFailure(sent, { type: 'timeout', seconds: timeoutMs / 1000 }) };
		}
		const { statusCode, body, headers } = response;
		if (statusCode >= 200 && statusCode < 300) return { body: this.secrets.hideInJson(body) };
		// Versions of n8n before 2.9 ignore `except`: they did not see the 401 as an error, and did not renew the token.
		if (statusCode === 401 && sees === '401') return await this.attempt(sent, 'all');
		const retryAfter = headers['retry-after'];
		const failed = new ApiFailure(sent, {
			type: 'status',
			status: statusCode,
			words: wordsIn(body),
			...(typeof retryAfter === 'string' && { retryAfter: wordsIn(retryAfter) }),
		});
		return { failed };
	}

	/** The secrets of the credential; a renewal adds a session token. */
	private get secrets(): Secrets {
		const { accessToken, refreshToken, sessionToken } = this.credentials;
		if (this.knownSecrets?.sessionToken !== sessionToken) this.knownSecrets = undefined;
		this.knownSecrets ??= {
			sessionToken,
			secrets: new Secrets([accessToken, refreshToken, sessionToken]),
		};
		return this.knownSecrets.secrets;
	}
}

/** The wait that the API asks for (ms); undefined if it names none. */
const retryAfterMsOf = ({ failure }: ApiFailure): number | undefined =>
	failure.type === 'status' ? readRetryAfterMs(failure.retryAfter, CLOCK.nowMs()) : undefined;

/** True if the API asks to slow down; a 503 does so only with a Retry-After. */
const isThrottled = ({ failure }: ApiFailure): boolean =>
	failure.type === 'status' &&
	(failure.status === 429 || (failure.status === 503 && failure.retryAfter !== undefined));

const mayBeRepeated = (endpoint: EndpointKey, failure: ApiFailure): boolean =>
	failure.isPassing && (isIdempotent(endpoint) || failure.isNotCarriedOut);
