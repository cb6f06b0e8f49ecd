import { schemaOf } from '../../../../tools/schemas/schemaOf.mts';

it('has the properties of all values, in the order in which they come', () => {
	const schema = schemaOf([
		{ txId: 'a', soc: null },
		{ txId: 'b', soc: 0, isFinal: false },
	]);
	expect(Object.entries(schema.properties!)).toEqual([
		['txId', { type: 'string' }],
		['soc', { type: 'number' }],
		['isFinal', { type: 'boolean' }],
	]);
});

it('merges the entries of lists, also of lists in several values', () => {
	expect(
		schemaOf([{ periods: [{ start: 0 }] }, { periods: [] }, { periods: [{ limit: 8.1 }] }]),
	).toEqual({
		type: 'object',
		properties: {
			periods: {
				type: 'array',
				items: {
					type: 'object',
					properties: { start: { type: 'number' }, limit: { type: 'number' } },
				},
			},
		},
	});
});

it('says no more than is known', () => {
	expect(schemaOf([{ end: null, gaps: [], more: {} }])).toEqual({
		type: 'object',
		properties: {
			end: { type: 'null' },
			gaps: { type: 'array' },
			more: { type: 'object', properties: {} },
		},
	});
});

it('takes the first type of a value that has several', () => {
	expect(schemaOf([null, '8.1', 8.1, ['8.1']])).toEqual({ type: 'string' });
});
