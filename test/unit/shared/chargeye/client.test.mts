import { NodeApiError, type IHttpRequestOptions, type INode } from 'n8n-workflow';

import { CredentialError, RenewalError } from '../../../../nodes/shared/chargeye/account.ts';
import { ChargeEyeClient } from '../../../../nodes/shared/chargeye/client.ts';
import { ApiFailure } from '../../../../nodes/shared/chargeye/failure.ts';

const NODE = { name: 'Node', type: 'chargerOperations', parameters: {} } as unknown as INode;

type Answer = { status: number; headers?: Record<string, string>; body?: unknown };

interface Host {
	/** Whether it supports `ignoreHttpStatusErrors: {ignore, except}`, as since n8n 2.9. */
	knowsExceptions: boolean;
	/** Whether a NodeApiError keeps its cause, as since n8n 2.36. */
	keepsCause: boolean;
}

const HOSTS: Array<[string, Host]> = [
	['n8n 2.41', { knowsExceptions: true, keepsCause: true }],
	['n8n 2.14', { knowsExceptions: true, keepsCause: false }],
	['n8n 1.100', { knowsExceptions: false, keepsCause: false }],
];

/**
 * n8n's request helper as in a version of n8n: it throws the statuses that it sees as errors, and renews the token on a
 * 401 among them.
 * @param api answers a request that is signed with the given session token
 * @param renew obtains a session token, as the credential does
 */
function hostOf(
	{ knowsExceptions, keepsCause }: Host,
	api: (token: unknown) => Answer,
	renew: () => string,
) {
	const credentials: Record<string, unknown> = {
		authentication: 'refreshToken',
		refreshToken: 'refresh-4711',
		sessionToken: '',
		baseUrl: 'https://kempower.io/api',
	};
	const wrap = (error: Error) => {
		const wrapped = new NodeApiError(NODE, error as never);
		if (!keepsCause) Object.defineProperty(wrapped, 'cause', { value: undefined });
		return wrapped;
	};
	const isSeen = (status: number, { ignoreHttpStatusErrors }: IHttpRequestOptions) => {
		if (status < 300) return false;
		if (typeof ignoreHttpStatusErrors !== 'object') return ignoreHttpStatusErrors !== true;
		return knowsExceptions && (ignoreHttpStatusErrors.except ?? []).includes(status);
	};
	const send = (options: IHttpRequestOptions) => {
		const { status, headers = {}, body = {} } = api(credentials.sessionToken);
		if (!isSeen(status, options)) return { statusCode: status, headers, body };
		throw Object.assign(new Error(`Request failed with status code ${status}`), {
			response: { status, data: body },
			status,
		});
	};
	const context = {
		getCredentials: () => Promise.resolve(credentials),
		helpers: {
			httpRequestWithAuthentication: (_type: string, options: IHttpRequestOptions) => {
				try {
					if (credentials.sessionToken === '') credentials.sessionToken = renew();
					try {
						return Promise.resolve(send(options));
					} catch (error) {
						if ((error as { status?: number }).status !== 401) throw error;
						credentials.sessionToken = renew();
						return Promise.resolve(send(options));
					}
				} catch (error) {
					return Promise.reject(wrap(error as Error));
				}
			},
		},
	};
	return ChargeEyeClient.of(context as never, 30);
}

const LIST = { endpoint: 'listStations' } as const;

describe.each(HOSTS)('on %s', (_, host) => {
	it('an expired token is renewed once for all requests', async () => {
		let renewals = 0;
		let valid = 'session-1';
		const client = await hostOf(
			host,
			(token) => (token === valid ? { status: 200, body: { stations: [] } } : { status: 401 }),
			() => `session-${++renewals}`,
		);
		await client.send(LIST);
		valid = 'session-2';
		const answers = await Promise.all(Array.from({ length: 20 }, () => client.send(LIST)));
		expect(answers).toEqual(answers.map(() => ({ stations: [] })));
		expect(renewals).toBe(2);
	});

	it('a renewal that fails for a temporary reason is repeated', async () => {
		let renewals = 0;
		const client = await hostOf(
			host,
			() => ({ status: 200, body: { stations: [] } }),
			() => {
				if (++renewals < 3) throw new RenewalError('The token could not be renewed: 503');
				return 'session';
			},
		);
		expect(await client.send(LIST)).toEqual({ stations: [] });
		expect(renewals).toBe(3);
	});

	it('a refused refresh token is sent once, and all requests fail with that error', async () => {
		let renewals = 0;
		const refused = 'ChargEye refused the refresh token (401).';
		const client = await hostOf(
			host,
			() => ({ status: 200 }),
			() => {
				renewals++;
				throw new CredentialError(refused);
			},
		);
		const results = await Promise.allSettled(Array.from({ length: 50 }, () => client.send(LIST)));
		for (const result of results) {
			expect(result).toMatchObject({ reason: new CredentialError(refused) });
		}
		expect(renewals).toBe(1);
	});

	it('a 401 despite a new token is reported as a 401', async () => {
		let renewals = 0;
		const client = await hostOf(
			host,
			() => ({ status: 401, body: { message: 'no permission' } }),
			() => `session-${++renewals}`,
		);
		const failed = await client.send(LIST).catch((error: unknown) => error);
		expect(failed).toBeInstanceOf(ApiFailure);
		expect(failed).toMatchObject({
			failure: { type: 'status', status: 401, words: 'no permission' },
		});
		// The token is new: another one would be refused too.
		expect(renewals).toBe(1);
	});
});

it('a request that never ends is given up after the time limit', async () => {
	const context = {
		getCredentials: () =>
			Promise.resolve({ accessToken: 'access-4711', baseUrl: 'https://kempower.io/api' }),
		helpers: { httpRequestWithAuthentication: () => new Promise(() => undefined) },
	};
	const client = await ChargeEyeClient.of(context as never, 1);
	const began = Date.now();
	await expect(client.send(LIST)).rejects.toMatchObject({ failure: { type: 'timeout' } });
	const took = Date.now() - began;
	expect(took).toBeGreaterThan(990);
	expect(took).toBeLessThan(3000);
});

it('a server that is down gets few repeats in all, however many items there are', async () => {
	let requests = 0;
	const context = {
		getCredentials: () =>
			Promise.resolve({ accessToken: 'access-4711', baseUrl: 'https://kempower.io/api' }),
		helpers: {
			httpRequestWithAuthentication: () => {
				requests++;
				return Promise.resolve({ statusCode: 500, headers: {}, body: 'down' });
			},
		},
	};
	const client = await ChargeEyeClient.of(context as never, 60);
	const results = await Promise.allSettled(Array.from({ length: 1000 }, () => client.send(LIST)));
	expect(results.map(({ status }) => status)).toEqual(results.map(() => 'rejected'));
	// Each is sent at least once; few are sent again.
	expect(requests).toBeGreaterThan(1000);
	expect(requests).toBeLessThanOrEqual(1101);
});
