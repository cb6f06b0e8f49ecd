import { CredentialError } from './account';
import { ApiFailure, type Outcome } from './failure';

/** A token that was renewed less than this ago cannot have expired: a 401 has another cause. */
const FRESH_MS = 300_000;

/** Sends a request. With `renew`, n8n renews the access token on a 401 and sends the request once more. */
export type Attempt = (renew: boolean) => Promise<Outcome>;

/** Waits before a repeat of a renewal. @param repeats how many there were @returns false if it must not be repeated */
export type WaitForRepeat = (repeats: number) => Promise<boolean>;

const isUnauthorized = (outcome: Outcome) =>
	'failed' in outcome &&
	outcome.failed instanceof ApiFailure &&
	outcome.failed.failure.type === 'status' &&
	outcome.failed.failure.status === 401;

/** True if the request was not sent, because there was no token to sign it with. */
const hasNoToken = ({ failed }: { failed: ApiFailure | CredentialError }) =>
	failed instanceof CredentialError || failed.failure.type === 'renewal';

/**
 * One access token for all requests of a run. n8n renews a token for each request that gets a 401; this class lets one
 * request do so, while the others wait and are then sent again. A renewal that fails for a temporary reason is repeated;
 * its final result applies to all requests of the run.
 */
export class SharedRenewal {
	private underWay?: Promise<Outcome>;
	/** Why no token can be obtained; undefined unless a renewal has failed for good. */
	private failed?: ApiFailure | CredentialError;
	private renewedAtMs?: number;

	/**
	 * @param hasToken whether n8n already has a token; without one, the first request obtains it for all
	 */
	constructor(
		private hasToken: boolean,
		private readonly nowMs: () => number,
		private readonly waitForRepeat: WaitForRepeat,
	) {}

	/** Sends with a valid token. A 401 despite a fresh token is returned: it means that permission is missing. */
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
			// After another failure it is unknown whether n8n renewed the token: then the next request tries.
			if ('body' in outcome || isUnauthorized(outcome)) {
				// The first token does not count as renewed: it is renewed if it expires during the run.
				if (this.hasToken) this.renewedAtMs = this.nowMs();
				this.hasToken = true;
			}
			return outcome;
		}
	}
}
