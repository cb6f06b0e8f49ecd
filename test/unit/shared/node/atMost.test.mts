import fc from 'fast-check';

import { atMost } from '../../../../nodes/shared/node/atMost.ts';

it('does all work in order, and no more than allowed at a time, also if some fails', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.boolean(), { maxLength: 30 }),
			fc.integer({ min: 1, max: 8 }),
			fc.scheduler(),
			async (outcomes, count, scheduler) => {
				const slot = atMost(count);
				const begun: number[] = [];
				let now = 0;
				let most = 0;
				const all = Promise.allSettled(
					outcomes.map((isGood, index) =>
						slot(async () => {
							begun.push(index);
							most = Math.max(most, ++now);
							await scheduler.schedule(Promise.resolve());
							now--;
							if (!isGood) throw new Error('no');
							return index;
						}),
					),
				);
				await scheduler.waitFor(all);
				expect(begun).toEqual([...outcomes.keys()]);
				expect(most).toBe(Math.min(count, outcomes.length));
				expect((await all).map(({ status }) => status === 'fulfilled')).toEqual(outcomes);
			},
		),
	);
});
