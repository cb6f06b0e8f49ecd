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

/** How long one request may take: ChargEye waits for the charger before it answers. */
const TIMEOUT_MS = 60_000;

/** How much earlier n8n's own time-out comes than ours, which says less. */
const GRACE_MS = 250;

/** How often one request may be told to slow down (429, or 503 with Retry-After). */
const MAX_THROTTLES = 20;

/** Where the API says that there is nothing to wait for: longer each time, within bounds. */
const backOffMs = (throttles: number) => Math.min(50 * 2 ** throttles, 20_000);

/** How long a run may go on sending unless the user says otherwise. */
export const DEFAULT_TIME_LIMIT_SECONDS = 600;

const CLOCK: Clock = { nowMs: Date.now, sleep, random: Math.random };

/** n8n leaves out a body that is an empty object, and sends this text. */
const EMPTY_BODY = { body: '{}', headers: { 'Content-Type': 'application/json' } };

type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/**
 * Talks HTTP to the Charger Operations API: the only place that does. One client serves one run of a node; its
 * requests share the pace, the repeats, the time limit and the access token.
 */
export class ChargeEyeClient {
	private readonly account: Account;
	/** Read once a run, not once a request; n8n puts a renewed token into it. */
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
	 * @param timeLimitSeconds how long the run may go on sending
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

	/** Lets nothing more go out: what is under way is waited for, and what is not is a failure of type `stopped`. */
	stop(): void {
		this.isStopped = true;
	}

	/** The exact request that `send` would send; never holds a token. */
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
	 * Asked to slow down (429, or 503 with Retry-After), it waits and holds back all others too. After other 5xx,
	 * time-outs and broken connections it repeats with back-off what is safe to repeat. What is not (start, stop, restart)
	 * it sends again only if it surely was not carried out: asked to slow down, not connected, or with a token that has
	 * expired, which is renewed once for all.
	 *
	 * @throws ApiFailure on any other status, and when waiting and repeating come to their bounds
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
				// Then the others go on, and only this request waits.
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

	/** Waits before the given repeat. @returns false if there is to be none */
	private async waitForRepeat(repeats: number): Promise<boolean> {
		const ms = this.repeats.nextBackOffMs(repeats);
		return ms !== undefined && (await this.pace.wait(ms)) === 'over';
	}

	/** Why a request does not go out, or not again: what came of it before tells more, if it left it open. */
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

	/** Sends once. By the status errors that it sees n8n renews the token on a 401, and sends once more. */
	private async attempt(sent: SentRequest, sees: 'none' | '401' | 'all'): Promise<Outcome> {
		const timeoutMs = Math.max(1, Math.min(TIMEOUT_MS, this.pace.remainingMs));
		const options: IHttpRequestOptions = {
			...sent,
			...(sent.body && isObjectEmpty(sent.body) && EMPTY_BODY),
			json: true,
			timeout: timeoutMs,
			returnFullResponse: true,
			// A redirected PUT or DELETE would arrive elsewhere, or as a GET.
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
		// Versions of n8n before 2.9 know no exceptions: they saw no 401, and so renewed nothing.
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

	/** The secrets of the credential; a renewal adds one. */
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

/** How long the API asks to wait, if it says. */
const retryAfterMsOf = ({ failure }: ApiFailure): number | undefined =>
	failure.type === 'status' ? readRetryAfterMs(failure.retryAfter, CLOCK.nowMs()) : undefined;

/** The API asks to slow down; a 503 does so only with a Retry-After. */
const isThrottled = ({ failure }: ApiFailure): boolean =>
	failure.type === 'status' &&
	(failure.status === 429 || (failure.status === 503 && failure.retryAfter !== undefined));

const mayBeRepeated = (endpoint: EndpointKey, failure: ApiFailure): boolean =>
	failure.isPassing && (isIdempotent(endpoint) || failure.isNotCarriedOut);
