import { inSeconds, spreadOf } from '../../../bench/statistics.mts';

describe('figures of a benchmark', () => {
	it('has the middle one as median of an odd number, by value', () => {
		expect(spreadOf([10, 9, 100])).toEqual({ median: 10, min: 9, max: 100 });
	});

	it('has the mean of the two in the middle as median of an even number', () => {
		expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
	});

	it('has a single figure as its median, also 0', () => {
		expect(spreadOf([0])).toEqual({ median: 0, min: 0, max: 0 });
	});

	it('does not change the order of the figures', () => {
		const figures = [3, 1, 2];
		spreadOf(figures);
		expect(figures).toEqual([3, 1, 2]);
	});

	it('is shown as the median with the least and the greatest', () => {
		expect(inSeconds(spreadOf([1.6, 1.48, 1.52]))).toBe('1.52 s (1.48–1.60)');
	});
});
