import fc from 'fast-check';

import {
	checkFlag,
	checkNumber,
	checkText,
	toNumber,
} from '../../../../nodes/shared/node/parameters.ts';

const kilowatts = { min: 0, decimals: 1, unit: 'kW' } as const;

describe('a number field', () => {
	it.each([
		[0, 0],
		[20, 20],
		[8.1, 8.1],
		['20', 20],
		[' 7.5 ', 7.5],
		['0', 0],
		['.5', 0.5],
	])('takes %j', (value, number) => {
		expect(checkNumber('Limit (kW)', value, kilowatts)).toBe(number);
	});

	it.each([
		[-1, 'Limit (kW) is -1, which is less than 0'],
		['-0.1', 'Limit (kW) is -0.1, which is less than 0'],
		[NaN, 'Limit (kW) is NaN, which is not a number'],
		[Infinity, 'Limit (kW) is Infinity, which is not a number'],
		['', 'Limit (kW) is empty'],
		['  ', 'Limit (kW) is empty'],
		[null, 'Limit (kW) is empty'],
		[undefined, 'Limit (kW) is empty'],
		['20 kW', 'Limit (kW) is "20 kW", which is not a number'],
		['1,5', 'Limit (kW) is "1,5", which is not a number'],
		['0x10', 'Limit (kW) is "0x10", which is not a number'],
		['1e3', 'Limit (kW) is "1e3", which is not a number'],
		[true, 'Limit (kW) is true, which is not a number'],
		[[20], 'Limit (kW) is [20], which is not a number'],
		[{}, 'Limit (kW) is {}, which is not a number'],
		[8.11, 'Limit (kW) is 8.11, which has more than one decimal'],
		['8.11', 'Limit (kW) is 8.11, which has more than one decimal'],
	])('refuses %j', (value, message) => {
		expect(() => checkNumber('Limit (kW)', value, kilowatts)).toThrow(message);
	});

	it('takes every number with one decimal, however it is stored', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 10_000_000 }), (tenths) => {
				const number = Number(`${Math.floor(tenths / 10)}.${tenths % 10}`);
				expect(checkNumber('Limit (kW)', number, kilowatts)).toBe(number);
				expect(checkNumber('Limit (kW)', String(number), kilowatts)).toBe(number);
			}),
		);
	});

	it('refuses every number with two decimals', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 9 }), (n, d) => {
				expect(() => checkNumber('Limit (kW)', Number(`${n}.5${d}`), kilowatts)).toThrow(
					/more than one decimal/,
				);
			}),
		);
	});

	it('never takes text that JavaScript would coerce by surprise', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const number = toNumber(text);
				expect(number === undefined || /^\s*[+-]?[\d.]+\s*$/.test(text)).toBe(true);
			}),
		);
	});
});

describe('a text field', () => {
	const itself: Record<string, unknown> = {};
	itself.itself = itself;

	it.each([
		[' Peak ', 'Peak'],
		[0, '0'],
		[7.5, '7.5'],
	])('takes %j', (value, text) => {
		expect(checkText('Comment', value)).toBe(text);
	});

	it.each([
		['', 'Comment is empty'],
		[NaN, 'Comment is NaN, which is not a text'],
		[-Infinity, 'Comment is -Infinity, which is not a text'],
		[true, 'Comment is true, which is not a text'],
		[10n, /^Comment is "?10"?, which is not a text$/],
		[itself, 'Comment is an object, which is not a text'],
		[Object.create(null), 'Comment is {}, which is not a text'],
		[Symbol('text'), 'Comment is Symbol(text), which is not a text'],
	])('refuses a value with words for it: %#', (value, message) => {
		expect(() => checkText('Comment', value)).toThrow(message);
	});
});

describe('a switch', () => {
	it('is off only if it was not added, or says so', () => {
		expect([true, false, undefined].map((value) => checkFlag('Dry Run', value))).toEqual([
			true,
			false,
			false,
		]);
	});

	it.each([
		[null, 'Dry Run is empty'],
		['', 'Dry Run is empty'],
		[0, 'Dry Run is 0, which is neither true nor false'],
		['true', 'Dry Run is "true", which is neither true nor false'],
	])('refuses %j', (value, message) => {
		expect(() => checkFlag('Dry Run', value)).toThrow(message);
	});
});
