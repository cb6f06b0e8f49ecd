import fc from 'fast-check';
import { share } from '../../../sandbox/stations/sharing.mts';

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

describe('sharing a limit', () => {
	it.each([
		[120, [100, 100], [60, 60]],
		[120, [20, 150], [20, 100]],
		[120, [150, 20], [100, 20]],
		[120, [30, 40], [30, 40]],
		[90, [10, 60, 50], [10, 40, 40]],
		[0, [10, 20], [0, 0]],
		[50, [], []],
	])('of %d among %j gives %j', (total, demands, shares) => {
		expect(share(total, demands)).toEqual(shares);
	});

	it('never exceeds the limit or a demand, and leaves nothing that someone needs', () => {
		const power = fc.double({ min: 0, max: 1e6, noNaN: true });
		fc.assert(
			fc.property(power, fc.array(power, { minLength: 1, maxLength: 6 }), (total, demands) => {
				const shares = share(total, demands);
				expect(shares).toHaveLength(demands.length);
				expect(shares.every((given, index) => given <= demands[index])).toBe(true);
				expect(sum(shares)).toBeCloseTo(Math.min(total, sum(demands)), 3);
			}),
		);
	});
});
