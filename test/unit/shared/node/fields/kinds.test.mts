import fc from 'fast-check';

import { InputError } from '../../../../../nodes/shared/charging/base/inputError.ts';
import { toNumber } from '../../../../../nodes/shared/charging/base/numbers.ts';
import {
	collectionField,
	valuesIn,
} from '../../../../../nodes/shared/node/fields/kinds/collection.ts';
import type { Field } from '../../../../../nodes/shared/node/fields/kinds/field.ts';
import { flagField } from '../../../../../nodes/shared/node/fields/kinds/flag.ts';
import { objectField } from '../../../../../nodes/shared/node/fields/kinds/json.ts';
import { numberField } from '../../../../../nodes/shared/node/fields/kinds/number.ts';
import {
	namedLike,
	optionField,
	optionsField,
} from '../../../../../nodes/shared/node/fields/kinds/option.ts';
import { rowsField } from '../../../../../nodes/shared/node/fields/kinds/rows.ts';
import { textField } from '../../../../../nodes/shared/node/fields/kinds/text.ts';
import { timeField } from '../../../../../nodes/shared/node/fields/kinds/time.ts';
import { inZone, type Values } from '../../../../../nodes/shared/node/fields/kinds/values.ts';
import { refusalOf } from '../../../../support/formValues.mts';

/** The parameters of an item. */
const parameters = (values: Record<string, unknown>): Values => ({
	get: (name) => values[name],
	isTyped: () => true,
	timezone: 'Europe/Helsinki',
	nameOf: (label) => label,
});

/** Reads a field with a value. */
const read = <T,>(field: Field<T>, value: unknown): T =>
	field.read(parameters({ [field.name]: value }));

const limit = (label: string, decimals: 1 | 3, unit: string) =>
	numberField({ label, name: 'limit', min: 0, decimals, unit, default: 20 });

const kilowatts = limit('Limit (kW)', 3, 'kW');

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
	])('accepts %j', (value, number) => {
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
		['11,5', 'Use a dot in place of the comma: 11.5.'],
		[' -0,25 ', 'Use a dot in place of the comma: -0.25.'],
		['1,000', /^Enter a plain number in kW, such as 20, without .* thousands separators\.$/],
		['1,2,3', /^Enter a plain number/],
	])('says for %j what to enter', (value, fix) => {
		expect(refusalOf(() => read(kilowatts, value)).description).toMatch(fix);
	});

	it.each([
		[1, limit('Limit', 1, 'A')],
		[3, limit('Limit', 3, 'kW')],
	] as const)(
		'accepts every number with %i decimals, whatever its binary form',
		(decimals, field) => {
			const factor = 10 ** decimals;
			fc.assert(
				fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (units) => {
					const fraction = String(units % factor).padStart(decimals, '0');
					const text = `${Math.floor(units / factor)}.${fraction}`;
					expect(read(field, Number(text))).toBe(Number(text));
					expect(read(field, text)).toBe(Number(text));
				}),
			);
		},
	);

	it.each([
		[1, limit('Limit', 1, 'A'), '.5', /^Limit is \S+, which has more than one decimal$/],
		[3, limit('Limit', 3, 'kW'), '.255', /^Limit is \S+, which has more than three decimals$/],
	] as const)('refuses every number with more than %i decimals', (_, field, fraction, message) => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 9 }), (n, d) => {
				const number = Number(`${n}${fraction}${d}`);
				expect(() => read(field, number)).toThrow(message);
			}),
		);
	});

	it('refuses text that only JavaScript would convert to a number', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const number = toNumber(text);
				expect(number === undefined || /^\s*[+-]?[\d.]+\s*$/.test(text)).toBe(true);
			}),
		);
	});
});

describe('a text field', () => {
	const comment = textField({ label: 'Comment', name: 'comment' });
	const itself: Record<string, unknown> = {};
	itself.itself = itself;

	it.each([
		[' Peak ', 'Peak'],
		[0, '0'],
		[7.5, '7.5'],
	])('accepts %j', (value, text) => {
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
	])('refuses a value and says why: %#', (value, message) => {
		expect(() => read(comment, value)).toThrow(message);
	});
});

describe('a switch that must not be empty', () => {
	const dryRun = flagField({
		label: 'Dry Run',
		name: 'dryRun',
		default: false,
		refusesEmpty: true,
	});

	it('is off only if it was not added, or if its value is false', () => {
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
	])('accepts %j, as n8n does', (value, flag) => {
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

describe('an optional field', () => {
	it.each([[undefined], [null], [''], ['  ']])('is undefined if its value is %j', (value) => {
		expect(kilowatts.readIfGiven(parameters({ limit: value }))).toBeUndefined();
	});

	it('can have the form’s default if it is missing, and 0 is a value', () => {
		expect(kilowatts.readOrDefault(parameters({}))).toBe(20);
		expect(kilowatts.readOrDefault(parameters({ limit: 0 }))).toBe(0);
	});

	it('can be refused if it is empty, with the reason', () => {
		const criterion = textField({
			label: 'Purpose',
			name: 'purpose',
			refusesEmpty: 'without it more would be cleared',
		});
		expect(criterion.readIfGiven(parameters({}))).toBeUndefined();
		expect(() => criterion.readIfGiven(parameters({ purpose: null }))).toThrow(
			'Purpose is empty: without it more would be cleared',
		);
	});
});

describe('a field of options', () => {
	const phases = optionField({
		label: 'Phases',
		name: 'phases',
		options: [...namedLike([3, 1]), { name: 'Not Stated', value: '' }],
		default: '',
	});

	it('is sorted by name in the form, and accepts numbers as text', () => {
		expect(phases.property.options?.map(({ name }) => name)).toEqual(['1', '3', 'Not Stated']);
		expect(read(phases, '3')).toBe(3);
		expect(phases.readIfGiven(parameters({ phases: '' }))).toBeUndefined();
	});

	it('refuses a value that is not an option, and lists the options', () => {
		const error = (() => {
			try {
				return read(phases, 2);
			} catch (caught) {
				return caught;
			}
		})();
		expect(error).toBeInstanceOf(InputError);
		expect(error).toMatchObject({
			message: 'Phases is 2, which is not a valid option',
			description: 'Choose one of 3, 1.',
		});
	});

	it('gives several options in the order of their declaration, and is empty without any', () => {
		const days = optionsField({
			label: 'Days',
			name: 'days',
			options: namedLike(['sunday', 'monday']),
			default: [],
		});
		expect(read(days, ['monday', 'sunday', 'monday'])).toEqual(['sunday', 'monday']);
		expect(read(days, 'monday')).toEqual(['monday']);
		expect(() => read(days, [])).toThrow('Days is empty');
		expect(days.readIfGiven(parameters({ days: [] }))).toBeUndefined();
		expect(() => read(days, ['friday'])).toThrow('Days is "friday", which is not a valid option');
	});
});

describe('a time', () => {
	const start = timeField({ label: 'Start', name: 'start' });

	it('is read in the time zone of the values, and converted to UTC', () => {
		const values = parameters({ start: '2026-07-01T17:00:00' });
		expect(start.read(values)).toBe('2026-07-01T14:00:00Z');
		expect(start.read(inZone(values, 'Europe/London'))).toBe('2026-07-01T16:00:00Z');
	});
});

describe('rows', () => {
	const from = textField({ label: 'From', name: 'from' });
	const windows = rowsField({
		label: 'Windows',
		name: 'windows',
		placeholder: 'Add Window',
		row: { label: 'Window', name: 'window' },
		fields: [from, kilowatts],
	});

	it('are read one by one, and errors name the row', () => {
		const rows = windows.read(
			parameters({ windows: { window: [{ from: '17:00', limit: 5 }, { from: '20:00' }] } }),
		);
		expect(rows.map((row) => from.read(row))).toEqual(['17:00', '20:00']);
		expect(kilowatts.read(rows[0])).toBe(5);
		expect(() => kilowatts.read(rows[1])).toThrow('Limit (kW) of Window 2 is empty');
	});

	it.each([[undefined], [{}], [{ window: null }], [{ window: [] }]])(
		'are empty in %j, which is refused if at least one is needed',
		(value) => {
			expect(windows.read(parameters({ windows: value }))).toEqual([]);
			expect(() => windows.readSome(parameters({ windows: value }))).toThrow('Windows is empty');
		},
	);

	it('are refused if a row is not an object, and the error names it', () => {
		expect(() => windows.read(parameters({ windows: { window: [5] } }))).toThrow(
			'Window 1 is 5, which is not a JSON object',
		);
	});
});

describe('JSON', () => {
	const vehicle = objectField({ label: 'Vehicle', name: 'vehicle', example: '{ "id": 1 }' });

	it('comes empty, with its example below', () => {
		expect(vehicle.property).toMatchObject({ default: '', hint: 'Example: { "id": 1 }' });
	});

	it.each(['[object Object]', '{ "id": 1 }[object Object]', ' [object Object] '])(
		'says that an object was put into text: %s',
		(value) => {
			const { message, description } = refusalOf(() =>
				vehicle.read(parameters({ vehicle: value })),
			);
			expect(message).toBe('Vehicle contains "[object Object]": an object was put into text');
			expect(description).toBe(
				'Empty the field, then drag the value onto it, so that it contains the expression alone. Or choose From Input Items, where the form has it.',
			);
		},
	);

	it('may contain such a text as a value', () => {
		const value = '{ "id": "[object Object]" }';
		expect(vehicle.read(parameters({ vehicle: value }))).toEqual({ id: '[object Object]' });
	});
});

describe('a collection', () => {
	const vehicle = objectField({ label: 'Vehicle', name: 'vehicle', example: '{ "id": 1 }' });
	const options = collectionField({
		label: 'Options',
		name: 'options',
		placeholder: 'Add Option',
		fields: [vehicle, kilowatts],
	});

	it('sorts its fields by their labels in the form', () => {
		const names = options.property.options?.map(({ name }) => name);
		expect(names).toEqual(['limit', 'vehicle']);
	});

	it('distinguishes a field that was not added from one that is empty', () => {
		const added = options.read(parameters({ options: { limit: '' } }));
		expect([added.get('limit'), added.get('vehicle')]).toEqual([null, undefined]);
	});

	it('reads only the object’s own properties', () => {
		const added = options.read(parameters({ options: {} }));
		expect(added.get('constructor')).toBeUndefined();
	});

	it('reads the value of a resource locator, and asks its owner how it was entered', () => {
		const asked: string[] = [];
		const owner = { ...parameters({}), isTyped: (name: string) => asked.push(name) > 0 };
		const row = valuesIn({ stationId: { __rl: true, mode: 'id', value: 'A' } }, 'filters', owner);
		expect(row.get('stationId')).toBe('A');
		row.isTyped('stationId');
		expect(asked).toEqual(['filters.stationId']);
	});

	it('is refused if it is not an object', () => {
		expect(() => options.read(parameters({ options: 'none' }))).toThrow(
			/^Options is not valid JSON/,
		);
	});
});

describe('a field that is made from another', () => {
	it('can convert the other’s value, and keeps its form', () => {
		const watts = kilowatts.converted((kw) => kw * 1000);
		expect(read(watts, 1.5)).toBe(1500);
		expect(watts.property).toEqual(kilowatts.property);
		expect(() => read(watts, -1)).toThrow('less than 0');
	});

	it('can be shown under further conditions, without changing the other', () => {
		const shown = kilowatts.when({ mode: ['limit'] }).with({ description: 'Another' });
		expect(shown.property).toMatchObject({
			description: 'Another',
			displayOptions: { show: { mode: ['limit'] } },
		});
		expect(kilowatts.property.displayOptions).toBeUndefined();
	});
});
