import {
	nextPageOf,
	PageKeyError,
	transactionsOf,
	type ListRequest,
} from '../../../../nodes/shared/chargeye/transactions.ts';
import { collectItems, PagingError } from '../../../../nodes/shared/node/pages.ts';

const request: ListRequest = { endpoint: 'listTransactions', query: { startDate: '2026-01-15' } };

/** Reads a list whose pages end with these keys. */
async function read(keys: unknown[], limit = Infinity) {
	const sent: unknown[] = [];
	const items = await collectItems(
		{ request, items: transactionsOf, next: (body) => nextPageOf(request, body), limit },
		({ query }) => {
			sent.push(query?.exclusiveStartKey);
			const page = Math.min(sent.length, keys.length) - 1;
			return Promise.resolve({
				transactions: [{ txId: `t-${sent.length}` }],
				lastEvaluatedKey: keys[page],
			});
		},
	);
	return { sent, ids: items.map(({ txId }) => txId) };
}

describe('a list in pages', () => {
	it('is continued with an object as compact JSON, or with a text unchanged', async () => {
		const key = { stationId: { S: 'DEPOT DC' }, startTime: { N: '1' } };
		expect(await read([key, 'dGV4dA==', undefined])).toEqual({
			sent: [undefined, '{"stationId":{"S":"DEPOT DC"},"startTime":{"N":"1"}}', 'dGV4dA=='],
			ids: ['t-1', 't-2', 't-3'],
		});
	});

	it.each([null, undefined])('ends with %j', async (key) => {
		expect((await read([key])).ids).toEqual(['t-1']);
	});

	it.each([[[]], [['a']], [0], [7], [true], [false], [''], [{}]])(
		'does not end early in silence with %j',
		async (key) => {
			await expect(read([key])).rejects.toThrow(PageKeyError);
			await expect(read([key])).rejects.toThrow(JSON.stringify(key));
		},
	);

	it('is not read if a page would be read twice', async () => {
		await expect(read([{ at: 1 }, { at: 2 }, { at: 1 }])).rejects.toThrow(PagingError);
	});

	it('is not read endlessly if the API always gives new keys', async () => {
		let page = 0;
		const endless = collectItems(
			{ request, items: transactionsOf, next: (body) => nextPageOf(request, body) },
			() => Promise.resolve({ transactions: [], lastEvaluatedKey: { page: ++page } }),
		);
		await expect(endless).rejects.toThrow('more than 1,000 pages');
		expect(page).toBe(1000);
	});

	it('is read only until there are enough items, whatever the key', async () => {
		expect((await read(['a', 7], 1)).ids).toEqual(['t-1']);
	});
});
