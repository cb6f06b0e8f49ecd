import { fieldsOf } from '../../../../tools/contract/fields.mts';

const fields = (schema: unknown) => Object.fromEntries(fieldsOf(schema, false));

describe('the fields of a schema', () => {
	it('say type, listed values, whether required, and limits, by where they are', () => {
		const schema = {
			type: 'object',
			required: ['limit'],
			properties: {
				limit: { properties: { acMaxPowerA: { type: 'number', minimum: 0, format: 'double' } } },
				periods: { type: 'array', minItems: 1, items: { type: 'string', enum: ['b', 'a'] } },
				vehicle: { type: 'object', additionalProperties: { type: 'string' } },
			},
		};
		expect(Object.fromEntries(fieldsOf(schema, true))).toEqual({
			'(whole)': 'object; required',
			limit: 'object; required',
			'limit.acMaxPowerA': 'number; minimum 0',
			periods: 'array; minItems 1',
			'periods[]': 'string: a, b',
			vehicle: 'object',
			'vehicle.*': 'string',
		});
	});

	it.each([
		['null', { type: 'string', nullable: true }, { type: ['null', 'string'] }],
		[
			'a listed null',
			{ type: 'string', nullable: true, enum: ['a', null] },
			{ type: ['string', 'null'], enum: [null, 'a'] },
		],
		['one value', { type: 'string', enum: ['a'] }, { type: 'string', const: 'a' }],
		[
			'a nullable schema',
			{ allOf: [{ type: 'object' }], nullable: true },
			{ oneOf: [{ type: 'object' }, { type: 'null' }] },
		],
	])('say the same of %s in OpenAPI 3.0 and 3.1', (_, old, recent) => {
		expect(fields(old)).toEqual(fields(recent));
	});

	it('put the parts of allOf together, with what each requires of the others', () => {
		const base = { type: 'object', properties: { id: { type: 'integer' } } };
		expect(fields({ allOf: [base, { required: ['id'] }] })).toEqual({
			'(whole)': 'object',
			id: 'integer; required',
		});
	});

	it('require nothing that only one of several alternatives requires', () => {
		const one = { type: 'object', required: ['a'], properties: { a: { type: 'string' } } };
		expect(fields({ oneOf: [one, { type: 'object' }] }).a).toBe('string');
		expect(fields({ oneOf: [one, { type: 'null' }] }).a).toBe('string; required');
	});

	it('enter a schema that contains itself once', () => {
		const site: { type: string; properties: Record<string, unknown> } = {
			type: 'object',
			properties: { name: { type: 'string' } },
		};
		site.properties.parent = site;
		site.properties.children = { type: 'array', items: site };
		expect(fields(site)).toEqual({ '(whole)': 'object', name: 'string', children: 'array' });
	});

	it('take true for any value', () => {
		expect(fields(true)).toEqual({ '(whole)': 'any' });
	});
});
