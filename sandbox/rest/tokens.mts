import { randomBytes } from 'node:crypto';
import { HttpError } from '../http/httpError.mts';

export type TokenKind = 'access' | 'refresh';

const LIFETIME_MS: Record<TokenKind, number> = {
	access: 8 * 3600 * 1000,
	refresh: 10 * 365 * 24 * 3600 * 1000,
};

/** When tokens expire that are valid now. */
export interface Expiry {
	which: TokenKind;
	/** At this simulated time, RFC 3339. */
	at?: string;
	/** Once this many more requests have come with such a token. */
	afterRequests?: number;
}

/**
 * The tokens that the sandbox gave out, in the shape of JSON web tokens. An access token is valid
 * for 8 hours of real time. A refresh token is valid for years and can only renew access tokens.
 */
export class Tokens {
	readonly #issued = new Map<string, { kind: TokenKind; expiresAt: number; expired: boolean }>();
	readonly #now: () => number;
	#expiries: Expiry[] = [];

	/** @param now the simulated time, epoch ms */
	constructor(now: () => number = Date.now) {
		this.#now = now;
	}

	issue(kind: TokenKind): { token: string; validUntil: string } {
		this.#expireWhatIsDue();
		const expiresAt = Date.now() + LIFETIME_MS[kind];
		const token = [
			encode({ alg: 'HS256', typ: 'JWT' }),
			encode({ sub: 'sandbox', use: kind, exp: Math.floor(expiresAt / 1000) }),
			randomBytes(32).toString('base64url'),
		].join('.');
		this.#issued.set(token, { kind, expiresAt, expired: false });
		return { token, validUntil: new Date(expiresAt).toISOString() };
	}

	/** @throws HttpError 401 that says what is wrong with the `Authorization` header */
	check(kind: TokenKind, authorization: string | undefined): true {
		this.#expireWhatIsDue();
		const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
		if (token === undefined) {
			throw new HttpError(401, 'The Authorization header with a Bearer token is missing.');
		}
		const known = this.#issued.get(token);
		if (known === undefined) {
			throw new HttpError(401, 'The Bearer token is invalid, or the user has no permission.');
		}
		if (known.expired || known.expiresAt <= Date.now()) {
			throw new HttpError(401, `The ${known.kind} token has expired.`);
		}
		if (known.kind !== kind) {
			throw new HttpError(401, `This call needs the ${kind} token, not the ${known.kind} token.`);
		}
		for (const expiry of this.#expiries) {
			if (expiry.which === kind && expiry.afterRequests !== undefined) expiry.afterRequests -= 1;
		}
		return true;
	}

	/** Expires every token of a kind that was given out until now, or until the given moment. */
	expire(expiry: Expiry): void {
		this.#expiries.push({ ...expiry });
		this.#expireWhatIsDue();
	}

	/** Makes the expired tokens valid again, and lets none expire. */
	restore(): void {
		this.#expiries = [];
		for (const token of this.#issued.values()) token.expired = false;
	}

	#expireWhatIsDue(): void {
		const due = this.#expiries.filter(
			({ at, afterRequests = 0 }) =>
				afterRequests <= 0 && (at === undefined || Date.parse(at) <= this.#now()),
		);
		this.#expiries = this.#expiries.filter((expiry) => !due.includes(expiry));
		for (const { which } of due) {
			for (const token of this.#issued.values()) if (token.kind === which) token.expired = true;
		}
	}
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A text without the tokens in it: they begin with an encoded JSON object, and have three parts. */
export const hideTokens = (text: string): string =>
	text.replace(/\beyJ[\w-]*\.[\w-]+\.[\w-]+/g, '(token)');
