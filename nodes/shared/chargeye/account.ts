import { jsonParse } from 'n8n-workflow';

import type { EndpointKey } from './contract';
import {
	ENDPOINTS,
	isEndpointKey,
	PLACEHOLDER,
	placeholdersOf,
	type Endpoint,
	type HttpMethod,
} from './endpoints';

/** Where the API is, according to the credential. */
export interface Account {
	/** Without a trailing slash, such as `https://kempower.io/api`. */
	baseUrl: string;
	endpoints: Record<EndpointKey, Endpoint>;
}

/** A setting of the credential that cannot be used; the message names the field and says how to fix it. */
export class CredentialError extends Error {
	/** Identifies the error after n8n has wrapped it. */
	static readonly DESCRIPTION = 'Open the ChargeEye API credential and fix it.';

	name = 'CredentialError';

	readonly description = CredentialError.DESCRIPTION;
}

/** The access token could not be renewed, for a temporary reason; the message is a sentence without a full stop. */
export class RenewalError extends Error {
	/** Identifies the error after n8n has wrapped it. */
	static readonly DESCRIPTION =
		'Try again later. If the error remains, check Base URL and Endpoint Overrides in the credential.';

	name = 'RenewalError';

	readonly description = RenewalError.DESCRIPTION;
}

const METHODS: readonly string[] = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'] satisfies HttpMethod[];
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const OVERRIDE = /^([A-Za-z]+)\s+(\/\S*)$/;

/** A token as it goes into a header: without surrounding spaces, and without the word "Bearer" if it was pasted too. */
export const tokenOf = (value: unknown): string =>
	typeof value === 'string' ? value.trim().replace(/^bearer(\s+|$)/i, '') : '';

/**
 * Checks the Base URL and returns it without a trailing slash.
 * Plain http would let anyone on the way read the token, so it is allowed for this machine only.
 * @throws CredentialError
 */
export function readBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') {
		throw new CredentialError('Base URL is empty. ChargEye’s own is https://kempower.io/api.');
	}
	if (!URL.canParse(text)) {
		// The error does not quote the text, which may contain a password.
		throw new CredentialError('Base URL is not a URL. It looks like https://kempower.io/api.');
	}
	const url = new URL(text);
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
		throw new CredentialError(
			`Base URL "${url.host}" uses plain http, which would send the token unencrypted. Use https:// (http:// is allowed for this machine only: localhost, 127.0.0.1).`,
		);
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw new CredentialError('Base URL must begin with https://.');
	}
	if (url.username || url.password || url.search || url.hash) {
		throw new CredentialError(
			'Base URL must not contain a user name, password, query or fragment: only a host and a path, such as https://kempower.io/api.',
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function readOverride(key: EndpointKey, value: unknown): Endpoint {
	const standard = ENDPOINTS[key];
	const example = `"${standard.method} ${standard.path}"`;
	const match = typeof value === 'string' ? OVERRIDE.exec(value.trim()) : null;
	if (!match) {
		throw new CredentialError(
			`Endpoint Overrides: "${key}" must be a method and a path, such as ${example}.`,
		);
	}
	const [, given, path] = match;
	const method = given.toUpperCase();
	if (!METHODS.includes(method)) {
		throw new CredentialError(
			`Endpoint Overrides: "${key}" has the method "${given}". Use one of ${METHODS.join(', ')}.`,
		);
	}
	if (method === 'GET' && standard.answer !== 'read') {
		throw new CredentialError(
			`Endpoint Overrides: "${key}" has the method GET, which only reads and carries no body; this operation commands a charger. Use ${METHODS.filter((other) => other !== 'GET').join(', ')}.`,
		);
	}
	// In a URL, %2e means a dot.
	if (/[?#\\]/.test(path) || /(^|\/)\.{1,2}(\/|$)/.test(path.replace(/%2e/gi, '.'))) {
		throw new CredentialError(
			`Endpoint Overrides: the path of "${key}" must be a plain path without "?", "#", "\\" or dot segments.`,
		);
	}
	// For example {{stationId}}.
	if (/[{}]/.test(path.replace(PLACEHOLDER, ''))) {
		throw new CredentialError(
			`Endpoint Overrides: the path of "${key}" has braces that enclose no placeholder. Write each placeholder in single braces, as in ${example}.`,
		);
	}
	const needed = placeholdersOf(standard.path);
	const found = placeholdersOf(path);
	const missing = needed.filter((name) => !found.includes(name));
	if (missing.length > 0) {
		throw new CredentialError(
			`Endpoint Overrides: the path of "${key}" lacks ${missing.map((name) => `{${name}}`).join(' and ')}.`,
		);
	}
	const unknown = found.filter((name) => !needed.includes(name));
	if (unknown.length > 0) {
		throw new CredentialError(
			`Endpoint Overrides: the path of "${key}" has {${unknown[0]}}, which this operation does not know. It knows ${needed.map((name) => `{${name}}`).join(' and ') || 'no placeholder'}.`,
		);
	}
	return { ...standard, method: method as HttpMethod, path };
}

/**
 * The endpoints after the credential's Endpoint Overrides.
 * @param value JSON text, or an object: `{"<operation key>": "PUT /other/{stationId}/path"}`; empty means none.
 * @throws CredentialError naming the key, if a key is unknown, a method is bad or a placeholder is missing
 */
export function readEndpoints(value: unknown): Record<EndpointKey, Endpoint> {
	if (value === undefined || value === null) return ENDPOINTS;
	if (typeof value === 'string' && value.trim() === '') return ENDPOINTS;
	const overrides: unknown =
		typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
	if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) {
		throw new CredentialError(
			'Endpoint Overrides must be a JSON object, such as {"restartStation": "POST /other/{stationId}/path"}.',
		);
	}
	const endpoints: Record<EndpointKey, Endpoint> = { ...ENDPOINTS };
	for (const [key, override] of Object.entries(overrides)) {
		if (!isEndpointKey(key)) {
			throw new CredentialError(
				`Endpoint Overrides: "${key}" is not an operation. Known operations: ${Object.keys(ENDPOINTS).join(', ')}.`,
			);
		}
		endpoints[key] = readOverride(key, override);
	}
	return endpoints;
}

/** Reads base URL and endpoints from the decrypted credential. @throws CredentialError */
export const readAccount = (credentials: {
	baseUrl?: unknown;
	endpointOverrides?: unknown;
}): Account => ({
	baseUrl: readBaseUrl(credentials.baseUrl),
	endpoints: readEndpoints(credentials.endpointOverrides),
});
