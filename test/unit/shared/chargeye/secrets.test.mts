import fc from 'fast-check';

import { Secrets } from '../../../../nodes/shared/chargeye/secrets.ts';
import { timesReadingOneMb } from '../../../support/workload.mts';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2ln+bmF0/dXJl_LXg=';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a secret that the API gives back', () => {
	const secrets = new Secrets([undefined, '', ` Bearer ${TOKEN} `, 'short']);

	// In base64, the first and last characters of a token depend on its neighbours.
	it.each([
		['unchanged', TOKEN],
		['in a sentence', `The token ${TOKEN} is wrong`, TOKEN],
		['percent-encoded', encodeURIComponent(TOKEN)],
		[
			'percent-encoded in lower case',
			encodeURIComponent(TOKEN).replace(/%../g, (code) => code.toLowerCase()),
		],
		['percent-encoded twice', encodeURIComponent(encodeURIComponent(TOKEN))],
		['in base64', base64(TOKEN)],
		['in base64 after one byte', base64(`x${TOKEN}y`), base64(`x${TOKEN}y`).slice(4, -4)],
		['in base64 after two bytes', base64(`xy${TOKEN}z`), base64(`xy${TOKEN}z`).slice(4, -4)],
		[
			'in base64 with the word Bearer',
			base64(`Authorization: Bearer ${TOKEN}`),
			base64(`Authorization: Bearer ${TOKEN}`).slice(32),
		],
		['in base64url', Buffer.from(TOKEN).toString('base64url')],
		['in hexadecimal', Buffer.from(TOKEN).toString('hex').toUpperCase()],
	])('is hidden %s', (_, text, secret = text) => {
		const clean = secrets.hideIn(text);
		expect(clean).toContain('***');
		// No part of 16 characters remains.
		const parts = Array.from({ length: secret.length - 15 }, (_, at) => secret.slice(at, at + 16));
		expect(parts.filter((part) => clean.includes(part))).toEqual([]);
	});

	it('is hidden anywhere in JSON', () => {
		const body = { list: [1, null, { [TOKEN]: `x ${TOKEN}` }], deep: { same: true } };
		expect(secrets.hideInJson(body)).toEqual({
			list: [1, null, { '***': 'x ***' }],
			deep: { same: true },
		});
	});

	it('is not searched for if it is too short for a token', () => {
		expect(secrets.hideIn('a short text')).toBe('a short text');
	});

	it('is absent from most JSON, which then stays the same object', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(secrets.hideInJson(value)).toBe(value);
			}),
		);
	});

	it('is searched for in 1 MB in a few times the time of reading it', () => {
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
			const ratio = timesReadingOneMb(() => secrets.hideInJson(body));
			expect(ratio).toBeLessThan(4);
		}
	});
});
