import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../support/engine.mts';

/** The requests that a node would send for some items, or its error. */
async function outcomesOf(items: IDataObject[], station: string, limit: string) {
	const { items: outputs } = await runNode({
		type: 'chargerOperations',
		parameters: {
			resource: 'chargingStation',
			operation: 'setPowerLimit',
			stationId: { __rl: true, mode: 'id', value: station },
			limitType: 'acMaxPowerKw',
			limitValue: limit,
			options: { dryRun: true },
		},
		credential: { accessToken: 'access-4711', baseUrl: 'https://kempower.io/api' },
		items,
		onError: 'continueRegularOutput',
	});
	return outputs.map(({ json }) => json);
}

/** Values in items, some of them in forms that n8n treats specially. */
const value = fc.oneof(
	fc.jsonValue(),
	fc.double({ noNaN: true }),
	fc.string(),
	fc.constantFrom('', ' ', '0', 0, -0, '=1', '={{ 7 }}', '{{ 7 }}', true, 'true', null, '20'),
);

const field = fc.constantFrom('a', 'b', 'length', 'constructor', '__proto__', 'toString', 'value');

/** Values that make valid requests, so that not only errors are compared. */
const good = fc.constantFrom<unknown>('S-1', '20', 20, 7.5);

const item = fc.oneof(
	fc.record({ a: good, b: fc.record({ a: good, b: good }) }),
	fc.record({ a: value, b: fc.dictionary(field, value) }),
	fc.dictionary(field, value),
) as fc.Arbitrary<IDataObject>;

it('a field of an item is read as n8n evaluates it', async () => {
	let sent = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.array(item, { minLength: 1, maxLength: 20 }),
			fc.constantFrom('a', 'b.a', 'b.length', 'a.constructor', 'b.__proto__', 'toString', 'b.b.a'),
			fc.constantFrom('a', 'b.a', 'b.b', 'length', 'value'),
			async (items, station, limit) => {
				const plain = await outcomesOf(items, `={{ $json.${station} }}`, `={{$json.${limit}}}`);
				// Expressions with brackets are evaluated by n8n.
				const evaluated = await outcomesOf(
					items,
					`={{ ($json.${station}) }}`,
					`={{ ($json.${limit}) }}`,
				);
				expect(plain).toEqual(evaluated);
				expect(plain).toHaveLength(items.length);
				sent += plain.filter(({ dryRun }) => dryRun === true).length;
			},
		),
		{ numRuns: 150 },
	);
	expect(sent).toBeGreaterThan(10);
}, 120_000);

it('many fields of many items are each read from their own item', async () => {
	const items = Array.from({ length: 300 }, (_, n) => ({ id: `S-${n}`, limits: { kw: n / 10 } }));
	const outcomes = await outcomesOf(items, '={{ $json.id }}', '={{ $json.limits.kw }}');
	expect(outcomes.map(({ stationId, limit }) => [stationId, limit])).toEqual(
		items.map(({ id, limits: { kw } }) => [id, { acMaxPowerKw: kw }]),
	);
});

describe('spaces around an ID', () => {
	it.each([
		['are part of it if it was chosen', { mode: 'list', value: ' S 1 ' }, ' S 1 '],
		[
			'are part of it if an expression gives the ID',
			{ mode: 'id', value: '={{ $json.id }}' },
			' S 1 ',
		],
		[
			'are part of it if n8n evaluates the field',
			{ mode: 'id', value: '={{ ($json.id) }}' },
			' S 1 ',
		],
		['are removed if it was typed', { mode: 'id', value: ' S 1 ' }, 'S 1'],
	])('%s', async (_, locator, stationId) => {
		const { items } = await runNode({
			type: 'chargerOperations',
			parameters: {
				resource: 'chargingStation',
				operation: 'restart',
				stationId: { __rl: true, ...locator },
				restartType: 'OnIdle',
				options: { dryRun: true },
			},
			credential: { accessToken: 'access-4711', baseUrl: 'https://kempower.io/api' },
			items: [{ id: ' S 1 ' }],
		});
		const path = encodeURIComponent(stationId);
		expect(items[0].json).toMatchObject({
			stationId,
			url: `https://kempower.io/api/chargingStations/${path}/restart`,
		});
	});
});

it.each([
	[
		{ stationId: { __rl: true, mode: 'id', value: '={{ $json.long }}' } },
		/^Charging Station "x{100,300}… is not an ID \[item 0\]$/,
	],
	[
		{ options: { comment: '={{ $json.long }}' } },
		/^Comment has 1001 characters, more than 1000 \[item 0\]$/,
	],
	[
		{ options: { condition: '={{ $json.long }}' } },
		/^Condition has 1001 characters, more than 1000 \[item 0\]$/,
	],
])('%j is refused if it cannot be part of an address', async (parameters, message) => {
	const { error } = await runNode({
		type: 'chargerOperations',
		parameters: {
			resource: 'chargingStation',
			operation: 'setPowerLimit',
			stationId: { __rl: true, mode: 'id', value: 'S-1' },
			limitType: 'acMaxPowerKw',
			limitValue: 9,
			...parameters,
		},
		credential: { accessToken: 'access-4711', baseUrl: 'https://kempower.io/api' },
		items: [{ long: 'x'.repeat(1001) }],
	});
	expect(error?.message).toMatch(message);
	expect(error?.message.length).toBeLessThan(400);
});
