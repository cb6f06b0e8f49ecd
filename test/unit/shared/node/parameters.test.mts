import fc from 'fast-check';

import {
	checkFlag,
	checkNumber,
	checkText,
	toNumber,
} from '../../../../nodes/shared/node/parameters.ts';

const kilowatts = { min: 0, decimals: 3, unit: 'kW' } as const;
const amperes = { min: 0, decimals: 1, unit: 'A' } as const;

describe('a number field', () => {
	it.each([
		[0, 0],
		[20, 20],
		[8.1, 8.1],
		[1.38, 1.38],
		[22.08, 22.08],
		['3.685', 3.685],
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
		[8.1115, 'Limit (kW) is 8.1115, which has more than three decimals'],
		['8.1115', 'Limit (kW) is 8.1115, which has more than three decimals'],
		[1e308, 'Limit (kW) is 1e+308, which has too many digits'],
		[2 ** 53, 'Limit (kW) is 9007199254740992, which has too many digits'],
	])('refuses %j', (value, message) => {
		expect(() => checkNumber('Limit (kW)', value, kilowatts)).toThrow(message);
	});

	it.each([
		[1, amperes],
		[3, kilowatts],
	] as const)('takes every number with %i decimals, however it is stored', (decimals, range) => {
		const factor = 10 ** decimals;
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (units) => {
				const fraction = String(units % factor).padStart(decimals, '0');
				const text = `${Math.floor(units / factor)}.${fraction}`;
				expect(checkNumber('Limit', Number(text), range)).toBe(Number(text));
				expect(checkNumber('Limit', text, range)).toBe(Number(text));
			}),
		);
	});

	it.each([
		[1, amperes, '.5', /^Limit is \S+, which has more than one decimal$/],
		[3, kilowatts, '.255', /^Limit is \S+, which has more than three decimals$/],
	] as const)('refuses every number with more than %i decimals', (_, range, fraction, message) => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 9 }), (n, d) => {
				const number = Number(`${n}${fraction}${d}`);
				expect(() => checkNumber('Limit', number, range)).toThrow(message);
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
		['true', true],
		[' False ', false],
		[1, true],
		[0, false],
	])('takes %j, as n8n does', (value, flag) => {
		expect(checkFlag('Dry Run', value)).toBe(flag);
	});

	it.each([
		[null, 'Dry Run is empty'],
		['', 'Dry Run is empty'],
		['  ', 'Dry Run is empty'],
		[2, 'Dry Run is 2, which is neither true nor false'],
		['yes', 'Dry Run is "yes", which is neither true nor false'],
		['constructor', 'Dry Run is "constructor", which is neither true nor false'],
		[['true'], 'Dry Run is ["true"], which is neither true nor false'],
		[[], 'Dry Run is [], which is neither true nor false'],
	])('refuses %j', (value, message) => {
		expect(() => checkFlag('Dry Run', value)).toThrow(message);
	});
});
