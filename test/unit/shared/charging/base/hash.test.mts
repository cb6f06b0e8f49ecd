import { hashOf } from '../../../../../nodes/shared/charging/base/hash.ts';

it('differs for each of 300,000 texts, where a hash of 32 bits would have about ten collisions', () => {
	const hashes = new Set(Array.from({ length: 300_000 }, (_, index) => hashOf(`tx-${index}`)));
	expect(hashes.size).toBe(300_000);
});

it.each([
	['a', 7929297801672961],
	['b', 8684336938537663],
	['revenge', 4051478007546757],
	['revenue', 8309097637345594],
])('equals cyrb53 in base 36: %s', (text, expected) => {
	expect(hashOf(text)).toBe(expected.toString(36));
});
