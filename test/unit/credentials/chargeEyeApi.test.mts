import type { IHttpRequestOptions } from 'n8n-workflow';

import { ChargeEyeApi } from '../../../credentials/ChargeEyeApi.credentials.ts';

const type = new ChargeEyeApi();

const credential = {
	authentication: 'accessToken',
	accessToken: 'access-4711',
	refreshToken: 'refresh-4711',
	sessionToken: 'session-4711',
	baseUrl: 'https://kempower.io/api/',
	endpointOverrides: '',
};

const sign = (request: object, changes: object = {}) =>
	(type.authenticate as (c: object, r: object) => Promise<IHttpRequestOptions>)(
		{ ...credential, ...changes },
		request,
	);

describe('a request is signed', () => {
	it.each([
		[{ url: 'https://kempower.io/api/locations' }],
		[{ uri: 'https://kempower.io/api/locations' }],
		[{ baseURL: 'https://kempower.io/api', url: '/locations' }],
	])('%j', async (request) => {
		const { headers } = await sign({ ...request, headers: { Accept: 'application/json' } });
		expect(headers).toEqual({
			Accept: 'application/json',
			Authorization: 'Bearer access-4711',
		});
	});

	it('with the renewed token if a refresh token is used', async () => {
		const { headers } = await sign(
			{ url: 'https://kempower.io/api/locations' },
			{ authentication: 'refreshToken' },
		);
		expect(headers).toEqual({ Authorization: 'Bearer session-4711' });
	});

	it('with the word Bearer only once, even if it was pasted with the token', async () => {
		const url = 'https://kempower.io/api/locations';
		const { headers } = await sign({ url }, { accessToken: ' Bearer access-4711 ' });
		expect(headers).toEqual({ Authorization: 'Bearer access-4711' });
	});
});

describe('a request is not signed', () => {
	it.each([
		['https://example.com/api/locations', {}, 'was not sent to example.com'],
		['http://kempower.io/api/locations', {}, 'was not sent to kempower.io'],
		['https://kempower.io.example.com/', {}, 'was not sent to kempower.io.example.com'],
		['https://kempower.io/api', { baseUrl: 'http://kempower.io/api' }, 'plain http'],
		['https://kempower.io/api', { accessToken: ' ' }, 'Access Token is empty'],
		[
			'https://kempower.io/api',
			{ authentication: 'refreshToken', sessionToken: '' },
			'There is no access token yet',
		],
	])('%s %j', async (url, changes, message) => {
		await expect(sign({ url }, changes)).rejects.toThrow(message);
	});
});

describe('a renewal', () => {
	const renew = (httpRequest: (options: IHttpRequestOptions) => Promise<unknown>, changes = {}) =>
		type.preAuthentication.call({ helpers: { httpRequest } } as never, {
			...credential,
			authentication: 'refreshToken',
			...changes,
		});

	it('sends the refresh token to the documented endpoint', async () => {
		const requests: IHttpRequestOptions[] = [];
		const answer = await renew((options) => {
			requests.push(options);
			return Promise.resolve({ token: 'new-token', validUntil: '2026-01-01T00:00:00Z' });
		});
		expect(answer).toEqual({ sessionToken: 'new-token' });
		expect(requests).toMatchObject([
			{
				method: 'GET',
				url: 'https://kempower.io/api/auth/refreshAccessToken',
				headers: { Authorization: 'Bearer refresh-4711' },
			},
		]);
	});

	it('removes the word Bearer that was pasted with the refresh token', async () => {
		let sent: unknown;
		const httpRequest = (options: IHttpRequestOptions) => {
			sent = options.headers;
			return Promise.resolve({ token: 'new-token' });
		};
		await renew(httpRequest, { refreshToken: 'bearer  refresh-4711\n' });
		expect(sent).toEqual({ Authorization: 'Bearer refresh-4711' });
	});

	it('is not needed for an access token', async () => {
		const answer = await renew(() => Promise.reject(new Error('not to be called')), {
			authentication: 'accessToken',
		});
		expect(answer).toEqual({});
	});

	it.each([
		[401, 'ChargEye refused the refresh token (401)'],
		[403, 'ChargEye refused the refresh token (403)'],
		[500, 'ChargEye answered 500'],
		[undefined, 'kempower.io cannot be reached'],
	])('that fails with %s says why, without the token', async (status, message) => {
		const failure = Object.assign(new Error('Request with refresh-4711 failed'), {
			response: status === undefined ? undefined : { status },
		});
		const error: unknown = await renew(() => Promise.reject(failure)).catch((e: unknown) => e);
		expect(error).toMatchObject({ message: expect.stringContaining(message) as string });
		expect(String(error)).not.toContain('refresh-4711');
	});

	it.each([undefined, '', {}, { token: '' }, { token: 7 }, '<html></html>'])(
		'that is answered with %j fails',
		async (answer) => {
			await expect(renew(() => Promise.resolve(answer))).rejects.toThrow('contains no token');
		},
	);

	it('needs a refresh token', async () => {
		await expect(
			renew(() => Promise.resolve({ token: 'x' }), { refreshToken: ' ' }),
		).rejects.toThrow('Refresh Token is empty');
	});
});

describe('a new form', () => {
	const fieldOf = (name: string) => type.properties.find((property) => property.name === name);

	it('has no JSON that n8n would mark as an error', () => {
		const defaults = type.properties.filter((property) => property.type === 'json');
		expect(defaults.map((property) => JSON.parse(property.default as string) as unknown)).toEqual([
			{},
		]);
	});

	it('says where the refresh token comes from', () => {
		expect(fieldOf('refreshToken')?.hint).toBe(
			'An administrator of your organisation creates it in ChargEye’s account administration',
		);
	});
});

it.each([undefined, '', ' ', '{}', {}])('Endpoint Overrides %j changes nothing', async (none) => {
	const { headers } = await sign(
		{ url: 'https://kempower.io/api/locations' },
		{ endpointOverrides: none },
	);
	expect(headers).toEqual({ Authorization: 'Bearer access-4711' });
});
