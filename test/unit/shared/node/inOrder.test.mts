import fc from 'fast-check';

import { inOrder } from '../../../../nodes/shared/node/inOrder.ts';

it('works on every entry once, in order for each key, and on no more than allowed at a time', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }), { maxLength: 40 }),
			fc.integer({ min: 1, max: 8 }),
			fc.scheduler(),
			async (keys, atOnce, scheduler) => {
				const entries = keys.map((key, index) => ({ key, index }));
				const done: typeof entries = [];
				let now = 0;
				let most = 0;
				const all = inOrder(
					entries,
					({ key }) => key,
					atOnce,
					async (entry) => {
						most = Math.max(most, ++now);
						await scheduler.schedule(Promise.resolve());
						done.push(entry);
						now--;
						return true;
					},
				);
				await scheduler.waitFor(all);
				const inTurn = new Set(keys.filter((key) => key !== undefined)).size;
				const free = keys.filter((key) => key === undefined).length;
				expect(most).toBe(Math.min(atOnce, inTurn + free));
				expect(done.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
					entries.map(({ index }) => index),
				);
				for (const key of ['a', 'b', 'c']) {
					const order = done.filter((entry) => entry.key === key).map(({ index }) => index);
					expect(order).toEqual([...order].sort((a, b) => a - b));
				}
			},
		),
	);
});

it('starts no further entry after work has returned false', async () => {
	const begun: number[] = [];
	await inOrder(
		[0, 1, 2, 3],
		() => undefined,
		1,
		(entry) => {
			begun.push(entry);
			return Promise.resolve(entry < 1);
		},
	);
	expect(begun).toEqual([0, 1]);
});
