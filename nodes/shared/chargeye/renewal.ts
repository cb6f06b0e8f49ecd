import { CredentialError } from './account';
import { ApiFailure, type Outcome } from './failure';

/** A token renewed within this time is not refused for its age. */
const FRESH_MS = 300_000;

/** Sends a request; with `renew`, n8n renews the access token on a 401 and sends once more. */
export type Attempt = (renew: boolean) => Promise<Outcome>;

/** Waits before the given repeat of a renewal. @returns false if there is to be none */
export type WaitForRepeat = (repeats: number) => Promise<boolean>;

const isUnauthorized = (outcome: Outcome) =>
	'failed' in outcome &&
	outcome.failed instanceof ApiFailure &&
	outcome.failed.failure.type === 'status' &&
	outcome.failed.failure.status === 401;

/** The API did not get the request, since there was no token to sign it with. */
const hasNoToken = ({ failed }: { failed: ApiFailure | CredentialError }) =>
	failed instanceof CredentialError || failed.failure.type === 'renewal';

/**
 * One access token for all requests of a run. n8n renews a token for each request that meets a 401; this lets one
 * request do so, while the others wait for it and are then sent again. A renewal that fails for a reason that may pass
 * is tried again; what comes of it in the end holds for all requests of the run.
 */
export class SharedRenewal {
	private underWay?: Promise<Outcome>;
	/** There is no token to be had: why. */
	private failed?: ApiFailure | CredentialError;
	private renewedAtMs?: number;

	/**
	 * @param hasToken whether n8n holds a token already; without one, the first request gets it for all
	 */
	constructor(
		private hasToken: boolean,
		private readonly nowMs: () => number,
		private readonly waitForRepeat: WaitForRepeat,
	) {}

	/** Sends with a valid token. A 401 in spite of a fresh token stays one: it means no permission. */
	async send(attempt: Attempt): Promise<Outcome> {
		for (;;) {
			while (this.underWay !== undefined) await this.underWay;
			if (this.failed) return { failed: this.failed };
			if (!this.hasToken) return await this.renew(attempt);
			const beganMs = this.nowMs();
			const outcome = await attempt(false);
			if (!isUnauthorized(outcome)) return outcome;
			const overtaken = this.underWay !== undefined || (this.renewedAtMs ?? -Infinity) >= beganMs;
			if (overtaken) continue;
			const fresh = this.renewedAtMs !== undefined && beganMs - this.renewedAtMs < FRESH_MS;
			return fresh ? outcome : await this.renew(attempt);
		}
	}

	private async renew(attempt: Attempt): Promise<Outcome> {
		this.underWay = this.renewWithRepeats(attempt);
		try {
			return await this.underWay;
		} finally {
			this.underWay = undefined;
		}
	}

	private async renewWithRepeats(attempt: Attempt): Promise<Outcome> {
		for (let repeats = 0; ; repeats++) {
			const outcome = await attempt(this.hasToken);
			if ('failed' in outcome && hasNoToken(outcome)) {
				const mayPass = outcome.failed instanceof ApiFailure;
				if (mayPass && (await this.waitForRepeat(repeats))) continue;
				this.failed = outcome.failed;
				return outcome;
			}
			// Another failure may have come before n8n had a reason to renew: then the next request tries.
			if ('body' in outcome || isUnauthorized(outcome)) {
				// The first token is no renewal: should it expire during the run, it is renewed all the same.
				if (this.hasToken) this.renewedAtMs = this.nowMs();
				this.hasToken = true;
			}
			return outcome;
		}
	}
}
