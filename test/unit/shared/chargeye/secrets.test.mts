import fc from 'fast-check';

import { Secrets } from '../../../../nodes/shared/chargeye/secrets.ts';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2ln+bmF0/dXJl_LXg=';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a secret that the API gives back', () => {
	const secrets = new Secrets([undefined, '', ` Bearer ${TOKEN} `, 'short']);

	// In base64 the letters beside a token decide how its first and last ones are written.
	it.each([
		['as it is', TOKEN],
		['in a sentence', `The token ${TOKEN} is wrong`, TOKEN],
		['percent-encoded', encodeURIComponent(TOKEN)],
		[
			'percent-encoded in lower case',
			encodeURIComponent(TOKEN).replace(/%../g, (code) => code.toLowerCase()),
		],
		['percent-encoded twice', encodeURIComponent(encodeURIComponent(TOKEN))],
		['in base64', base64(TOKEN)],
		['in base64 behind one byte', base64(`x${TOKEN}y`), base64(`x${TOKEN}y`).slice(4, -4)],
		['in base64 behind two bytes', base64(`xy${TOKEN}z`), base64(`xy${TOKEN}z`).slice(4, -4)],
		[
			'in base64 with the word Bearer',
			base64(`Authorization: Bearer ${TOKEN}`),
			base64(`Authorization: Bearer ${TOKEN}`).slice(32),
		],
		['in base64url', Buffer.from(TOKEN).toString('base64url')],
		['in hexadecimal', Buffer.from(TOKEN).toString('hex').toUpperCase()],
	])('%s is hidden', (_, text, secret = text) => {
		const clean = secrets.hideIn(text);
		expect(clean).toContain('***');
		// No part of it is left that would do as one: not half of it.
		const parts = Array.from({ length: secret.length - 15 }, (_, at) => secret.slice(at, at + 16));
		expect(parts.filter((part) => clean.includes(part))).toEqual([]);
	});

	it('is hidden wherever it stands in JSON', () => {
		const body = { list: [1, null, { [TOKEN]: `x ${TOKEN}` }], deep: { same: true } };
		expect(secrets.hideInJson(body)).toEqual({
			list: [1, null, { '***': 'x ***' }],
			deep: { same: true },
		});
	});

	it('that is too short to be one leaves texts as they are', () => {
		expect(secrets.hideIn('a short text')).toBe('a short text');
	});

	it('leaves JSON without secrets as it is', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(secrets.hideInJson(value)).toBe(value);
			}),
		);
	});

	it('is searched for in 1 MB in a moment', () => {
		const bodies: unknown[] = [
			'x'.repeat(1_000_000),
			Array.from({ length: 100_000 }, (_, n) => n),
			Array.from({ length: 20_000 }, (_, n) => ({
				stationId: `S-${n}`,
				name: 'A charging station',
			})),
			JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`),
		];
		for (const body of bodies) {
			secrets.hideInJson(body);
			const began = performance.now();
			secrets.hideInJson(body);
			expect(performance.now() - began).toBeLessThan(50);
		}
	});
});
