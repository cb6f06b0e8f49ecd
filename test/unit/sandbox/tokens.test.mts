import { HttpError } from '../../../sandbox/http/httpError.mts';
import { Tokens } from '../../../sandbox/rest/tokens.mts';

const HOUR_MS = 3_600_000;

describe('tokens', () => {
	let tokens: Tokens;
	let access: string;
	let refresh: string;

	beforeEach(() => {
		jest.useFakeTimers({ now: Date.parse('2026-03-01T00:00:00Z') });
		tokens = new Tokens();
		access = tokens.issue('access').token;
		refresh = tokens.issue('refresh').token;
	});
	afterEach(() => jest.useRealTimers());

	const refusal = (kind: 'access' | 'refresh', authorization?: string): string => {
		try {
			tokens.check(kind, authorization);
		} catch (error) {
			if (error instanceof HttpError && error.status === 401) return error.message;
			throw error;
		}
		throw new Error('The token was taken');
	};

	it('are accepted for their purpose only', () => {
		expect(tokens.check('access', `Bearer ${access}`)).toBe(true);
		expect(tokens.check('refresh', `bearer ${refresh}`)).toBe(true);
		expect(refusal('access', `Bearer ${refresh}`)).toMatch(/needs the access token/);
		expect(refusal('refresh', `Bearer ${access}`)).toMatch(/needs the refresh token/);
	});

	it.each([undefined, '', 'Bearer', 'Basic abc'])('are missing in %j', (authorization) => {
		expect(refusal('access', authorization)).toMatch(/missing/);
	});

	it('are refused if unknown, without repeating them', () => {
		const message = refusal('access', `Bearer ${access}x`);
		expect(message).toMatch(/invalid/);
		expect(message).not.toContain(access);
	});

	it('look like JSON web tokens', () => {
		const [, payload] = access.split('.');
		expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
			exp: Date.parse('2026-03-01T08:00:00Z') / 1000,
		});
		expect(tokens.issue('access').validUntil).toBe('2026-03-01T08:00:00.000Z');
	});

	it('are valid for 8 hours, the refresh token for years', () => {
		jest.advanceTimersByTime(8 * HOUR_MS - 1);
		expect(tokens.check('access', `Bearer ${access}`)).toBe(true);
		jest.advanceTimersByTime(1);
		expect(refusal('access', `Bearer ${access}`)).toMatch(/access token has expired/);
		jest.advanceTimersByTime(365 * 24 * HOUR_MS);
		expect(tokens.check('refresh', `Bearer ${refresh}`)).toBe(true);
	});

	it('expire on command, one kind at a time, and become valid again', () => {
		tokens.expire({ which: 'access' });
		expect(refusal('access', `Bearer ${access}`)).toMatch(/expired/);
		expect(tokens.check('refresh', `Bearer ${refresh}`)).toBe(true);
		expect(tokens.check('access', `Bearer ${tokens.issue('access').token}`)).toBe(true);
		tokens.restore();
		expect(tokens.check('access', `Bearer ${access}`)).toBe(true);
	});
});
