import fc from 'fast-check';

import { toNumber } from '../../../../../nodes/shared/charging/base/numbers.ts';
import { valuesIn } from '../../../../../nodes/shared/node/fields/kinds/collection.ts';
import type { Field } from '../../../../../nodes/shared/node/fields/kinds/field.ts';
import { flagField } from '../../../../../nodes/shared/node/fields/kinds/flag.ts';
import { numberField } from '../../../../../nodes/shared/node/fields/kinds/number.ts';
import { textField } from '../../../../../nodes/shared/node/fields/kinds/text.ts';
import type { Values } from '../../../../../nodes/shared/node/fields/kinds/values.ts';

const form: Values = {
	get: () => undefined,
	isTyped: () => true,
	timezone: 'UTC',
	nameOf: (label) => label,
};

/** What a field of a collection makes of a value; undefined stands for a field that was not added. */
const read = <T,>(field: Field<T>, value: unknown): T =>
	field.read(valuesIn(value === undefined ? {} : { [field.name]: value }, '', form));

const kilowatts = numberField({
	label: 'Limit (kW)',
	name: 'limit',
	min: 0,
	decimals: 3,
	unit: 'kW',
	default: 20,
});

const amperes = numberField({
	label: 'Limit (A)',
	name: 'limit',
	min: 0,
	decimals: 1,
	unit: 'A',
	default: 16,
});

const comment = textField({ label: 'Comment', name: 'comment' });

const dryRun = flagField({
	label: 'Dry Run',
	name: 'dryRun',
	default: false,
	refusesEmpty: true,
});

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
		expect(read(kilowatts, value)).toBe(number);
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
		expect(() => read(kilowatts, value)).toThrow(message);
	});

	it.each([
		[1, amperes],
		[3, kilowatts],
	] as const)('takes every number with %i decimals, however it is stored', (decimals, field) => {
		const factor = 10 ** decimals;
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (units) => {
				const fraction = String(units % factor).padStart(decimals, '0');
				const text = `${Math.floor(units / factor)}.${fraction}`;
				expect(read(field, Number(text))).toBe(Number(text));
				expect(read(field, text)).toBe(Number(text));
			}),
		);
	});

	it.each([
		[1, amperes, '.5', /^Limit \(A\) is \S+, which has more than one decimal$/],
		[3, kilowatts, '.255', /^Limit \(kW\) is \S+, which has more than three decimals$/],
	] as const)('refuses every number with more than %i decimals', (_, field, fraction, message) => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 9 }), (n, d) => {
				const number = Number(`${n}${fraction}${d}`);
				expect(() => read(field, number)).toThrow(message);
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
		expect(read(comment, value)).toBe(text);
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
		expect(() => read(comment, value)).toThrow(message);
	});
});

describe('a switch', () => {
	it('is off only if it was not added, or says so', () => {
		expect([true, false, undefined].map((value) => read(dryRun, value))).toEqual([
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
		expect(read(dryRun, value)).toBe(flag);
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
		expect(() => read(dryRun, value)).toThrow(message);
	});
});
