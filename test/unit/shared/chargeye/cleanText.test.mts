import { timesReadingOneMb } from '../../../support/workload.mts';
import { cleanText, wordsOf } from '../../../../nodes/shared/chargeye/cleanText.ts';

describe('the API’s own words', () => {
	it.each([
		[{ message: 'evseId must be 1 or more' }, 'evseId must be 1 or more'],
		[{ error: 'Bad Request', message: 'limit is missing' }, 'limit is missing'],
		[{ error: { message: 'not yours' } }, 'not yours'],
		[{ errors: [{ message: 'a' }, { detail: 'b' }] }, 'a; b'],
		['plain text', 'plain text'],
		['', ''],
		[undefined, ''],
		[null, ''],
		[{}, ''],
		[{ code: 7 }, 'code 7'],
		[{ code: 'E7', reason: 'not yours' }, 'not yours'],
		[{ errorMessage: 'stack level in use' }, 'stack level in use'],
		[{ Message: 'User is not authorized' }, 'User is not authorized'],
		[
			{ errors: { 'limit.acMaxPowerKw': ['must be positive', 'must be a number'] } },
			'limit.acMaxPowerKw: must be positive; must be a number',
		],
		[
			{ message: 'Validation failed', errors: [{ field: 'limit', message: 'is missing' }, 'a'] },
			'Validation failed: limit: is missing; a',
		],
		[{ message: 'a', errors: ['a'] }, 'a'],
		[
			{ title: 'Conflict', detail: 'The transaction has ended', status: 409 },
			'The transaction has ended',
		],
		[
			'<!DOCTYPE html><html><head><title>502 Bad Gateway</title>',
			'A web page titled "502 Bad Gateway"',
		],
		['<html><body>oops</body></html>', 'A web page, not an answer of the API'],
	])('are found in %j', (body, words) => {
		expect(wordsOf(body)).toBe(words);
	});

	it.each([
		['titles that never end', `<html>${'<title'.repeat(40_000)}`],
		['spaces', `${' '.repeat(1_000_000)}x`],
		['the word Bearer', 'Bearer '.repeat(150_000)],
		['beginnings of tokens', 'eyJ-'.repeat(250_000)],
		['a long list', Array.from({ length: 100_000 }, () => ({ message: 'x'.repeat(10) }))],
		['deep nesting', JSON.parse(`${'{"error":'.repeat(5000)}1${'}'.repeat(5000)}`)],
	])('are found in 1 MB of %s in a few times the time of reading it', (_, body: unknown) => {
		const ratio = timesReadingOneMb(() => cleanText(wordsOf(body)));
		expect(ratio).toBeLessThan(4);
	});

	it('are not searched for endlessly in an answer that contains itself', () => {
		const body: Record<string, unknown> = {};
		body.message = body;
		expect(wordsOf(body)).toBe('');
	});
});

describe('text from outside', () => {
	it('becomes one line without characters that control or reorder text', () => {
		expect(cleanText('a\u0000b\r\n\tc \u001b[31md \u202Ee')).toBe('a b c [31md e');
	});

	it('loses its tokens, but not the words around them', () => {
		const token = 'abc.def-1_ghi~jkl+mno/pqr=';
		expect(cleanText(`The Bearer token is invalid: Bearer ${token}`)).toBe(
			'The Bearer token is invalid: Bearer ***',
		);
		expect(cleanText('got eyJhbGciOi.J9eyJz.dWIi here')).toBe('got *** here');
	});

	it('is cut to 300 characters', () => {
		expect(cleanText('x'.repeat(10_000_000))).toHaveLength(300);
	});
});
