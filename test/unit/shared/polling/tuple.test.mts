import fc from 'fast-check';

import {
	after,
	count,
	counts,
	decimal,
	flag,
	integer,
	optional,
	text,
	tupleOf,
	word,
} from '../../../../nodes/shared/polling/tuple.ts';

const tuple = tupleOf({
	id: text,
	start: optional(integer),
	isOn: flag,
	end: optional(after('start')),
	state: optional(word(['idle', 'busy'])),
	level: optional(decimal),
	times: count,
	byName: counts(['a', 'b', 'c']),
});

it('is the same after writing and reading, whatever its values', () => {
	const maybe = <T,>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
	fc.assert(
		fc.property(
			fc.record({
				id: fc.stringMatching(/^[a-z0-9]*$/),
				start: maybe(fc.maxSafeNat()),
				isOn: fc.boolean(),
				end: maybe(fc.nat()),
				state: maybe(fc.oneof(fc.constantFrom('idle', 'busy'), fc.string({ unit: 'grapheme' }))),
				level: maybe(
					fc.float({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
				),
				times: fc.nat(),
				byName: fc.record(
					{ a: fc.integer({ min: 1 }), b: fc.integer({ min: 1 }), c: fc.integer({ min: 1 }) },
					{ requiredKeys: [] },
				),
			}),
			(values) => {
				const written = tuple.write(values);
				expect(written).not.toContain('|');
				expect(tuple.read(written)).toEqual(values);
			},
		),
	);
});

it('is written without empty values at the end, and a time as a difference', () => {
	expect(tuple.write({ ...tuple.read('a'), start: 35 })).toBe('a,z');
	expect(tuple.write({ ...tuple.read('a'), start: 1000, end: 1035, state: 'busy' })).toBe(
		'a,rs,,z,1',
	);
});
