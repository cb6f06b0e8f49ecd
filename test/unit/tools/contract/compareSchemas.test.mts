import { compareSchemas } from '../../../../tools/contract/compareSchemas.mts';
import { readContract } from '../../../../tools/contract/readContract.mts';

const compare = (ours: unknown, vendors: unknown) => compareSchemas([ours], [vendors]);
const inObject = (properties: object, required: string[] = []) => ({
	type: 'object',
	properties,
	required,
});

describe('the differences of two schemas', () => {
	it('are none between an operation and itself', async () => {
		const { operations } = await readContract('nodes/shared/chargeye/openapi.yaml');
		expect(operations).toHaveLength(19);
		for (const { messages } of operations) {
			expect(compare(messages, messages)).toEqual([]);
			expect(compare(messages, {})).not.toEqual([]);
		}
	});

	it('are types, listed values and limits, each with its place', () => {
		const ours = inObject({
			limit: { properties: { acMaxPowerA: { type: 'number', minimum: 0, format: 'double' } } },
			periods: { type: 'array', minItems: 1, items: { type: 'string', enum: ['b', 'a'] } },
			vehicle: { type: 'object', additionalProperties: { type: 'string' } },
		});
		const vendors = inObject({
			limit: { properties: { acMaxPowerA: { type: 'integer', minimum: 1 } } },
			periods: { type: 'array', items: { type: 'string', enum: ['a', 'c'] } },
			vehicle: { type: 'object', additionalProperties: { type: 'integer' } },
		});
		expect(compare(ours, vendors)).toEqual([
			{ where: 'limit.acMaxPowerA', ours: 'number; minimum 0', vendors: 'integer; minimum 1' },
			{ where: 'periods', ours: 'array; minItems 1', vendors: 'array' },
			{ where: 'periods[]', ours: 'string; a, b', vendors: 'string; a, c' },
			{ where: 'vehicle.*', ours: 'string', vendors: 'integer' },
		]);
	});

	it('are required properties', () => {
		const properties = { a: { type: 'string' }, b: { type: 'string' } };
		expect(compare(inObject(properties, ['a']), inObject(properties, ['b', 'a']))).toEqual([
			{ where: '', ours: 'object; requires a', vendors: 'object; requires a, b' },
		]);
	});

	it('name the properties that only one side has together, without what is inside them', () => {
		const limit = inObject({ kw: { type: 'number' } });
		expect(
			compare(
				inObject({ limit: inObject({ limit, limits: {}, same: {} }) }),
				inObject({ limit: inObject({ same: {}, cap: {} }) }),
			),
		).toEqual([{ where: 'limit.…', ours: 'limit, limits', vendors: 'cap' }]);
		expect(compare(inObject({}), inObject({ limit }))).toEqual([
			{ where: '…', ours: 'none', vendors: 'limit' },
		]);
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
		['any value', true, {}],
	])('are none between the forms of %s in OpenAPI 3.0 and 3.1', (_, old, recent) => {
		expect(compare(old, recent)).toEqual([]);
		expect(compare(old, { type: 'integer' })).toHaveLength(1);
	});

	it('combine the parts of allOf, with what each requires of the others', () => {
		const base = { type: 'object', properties: { id: { type: 'integer' } } };
		expect(
			compare(
				{ allOf: [base, { required: ['id'] }] },
				inObject({ id: { type: 'integer' } }, ['id']),
			),
		).toEqual([]);
	});

	it('do not count what only one of several alternatives requires as required', () => {
		const one = inObject({ a: { type: 'string' } }, ['a']);
		const optional = inObject({ a: { type: 'string' } });
		expect(compare({ oneOf: [one, { type: 'object' }] }, optional)).toEqual([]);
		expect(compare({ anyOf: [one, { type: 'object' }] }, optional)).toEqual([]);
		expect(compare({ oneOf: [one, { type: 'null' }] }, optional)).toEqual([
			{ where: '', ours: 'null | object; requires a', vendors: 'object' },
		]);
	});

	it('compare a schema that contains itself only once', () => {
		const site = (name: string) => {
			const schema = inObject({ name: { type: name } });
			Object.assign(schema.properties, {
				parent: schema,
				children: { type: 'array', items: { oneOf: [schema, { type: 'null' }] } },
			});
			return { oneOf: [schema, { allOf: [schema] }] };
		};
		expect(compare(site('string'), site('integer'))).toEqual([
			{ where: 'name', ours: 'string', vendors: 'integer' },
		]);
		expect(compare(site('string'), inObject({ name: { type: 'string' } }))).toEqual([
			{ where: '…', ours: 'parent, children', vendors: 'none' },
		]);
	});
});
