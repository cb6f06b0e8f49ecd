import fc from 'fast-check';

import { sharedKeys } from '../../../../nodes/shared/node/sharedKeys.ts';

it('gives the same key to lists that are linked by common entries, and to no others', () => {
	fc.assert(
		fc.property(
			fc.array(fc.array(fc.constantFrom(...'abcdefghij'), { maxLength: 4 }), { maxLength: 8 }),
			(lists) => {
				const keys = sharedKeys(lists);
				const linked = lists.map((_, start) => {
					const reached = new Set([start]);
					for (const at of reached) {
						lists.forEach((list, index) => {
							if (list.some((entry) => lists[at].includes(entry))) reached.add(index);
						});
					}
					return reached;
				});
				lists.forEach((list, index) => {
					expect(keys[index] === undefined).toBe(list.length === 0);
					lists.forEach((other, otherIndex) => {
						if (list.length === 0 || other.length === 0) return;
						expect(keys[index] === keys[otherIndex]).toBe(linked[index].has(otherIndex));
					});
				});
			},
		),
	);
});

it('is fast for a long chain', () => {
	const chain = Array.from({ length: 50_000 }, (_, n) => [`${50_001 - n}`, `${50_000 - n}`]);
	const began = performance.now();
	expect(new Set(sharedKeys(chain)).size).toBe(1);
	expect(new Set(sharedKeys([...chain].reverse())).size).toBe(1);
	expect(performance.now() - began).toBeLessThan(2000);
});
