import { inSeconds, spreadOf } from '../../../bench/statistics.mts';

describe('figures of a benchmark', () => {
	it('sorts by value, and takes the middle one of an odd number', () => {
		expect(spreadOf([10, 9, 100])).toEqual({ median: 10, min: 9, max: 100 });
	});

	it('takes the mean of the two in the middle of an even number', () => {
		expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
	});

	it('is the figure itself where there is one, 0 too', () => {
		expect(spreadOf([0])).toEqual({ median: 0, min: 0, max: 0 });
	});

	it('leaves the figures in their order', () => {
		const figures = [3, 1, 2];
		spreadOf(figures);
		expect(figures).toEqual([3, 1, 2]);
	});

	it('reads as the median with the least and the most', () => {
		expect(inSeconds(spreadOf([1.6, 1.48, 1.52]))).toBe('1.52 s (1.48–1.60)');
	});
});
