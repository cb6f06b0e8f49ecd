import {
	progressAsData,
	progressInWords,
	rangesOf,
} from '../../../../nodes/shared/node/progress.ts';

describe('the items of a run that stopped', () => {
	it.each([
		[[], ''],
		[[4], '4'],
		[[0, 1, 2, 5, 7, 8], '0-2, 5, 7-8'],
	])('%j are %j', (indexes, ranges) => {
		expect(rangesOf(indexes)).toBe(ranges);
	});

	const progress = {
		done: [0, 1, 4],
		failed: [
			{ itemIndex: 2, reason: 'refused' },
			{ itemIndex: 3, reason: 'no answer' },
			{ itemIndex: 5, reason: 'refused' },
		],
		untried: [6, 7, 8],
	};

	it('are listed in words', () => {
		expect(progressInWords(progress)).toBe(
			'Of 9 items 3 were done, 3 failed and 3 were not tried. Done: 0-1, 4. Failed: 2-3, 5. Not tried: 6-8.',
		);
	});

	it('are listed as data, the failed ones with their reasons', () => {
		expect(progressAsData(progress)).toEqual({
			done: '0-1, 4',
			failed: [
				{ items: '2, 5', reason: 'refused' },
				{ items: '3', reason: 'no answer' },
			],
			untried: '6-8',
		});
	});

	it('are shortened in words, but not in the data', () => {
		const done = Array.from({ length: 5000 }, (_, n) => n * 2);
		const words = progressInWords({ done, failed: [], untried: [] });
		expect(words.length).toBeLessThan(350);
		expect(words).toMatch(/Done: 0, 2, 4, .*, \d+ … \(all in the error’s context\)\.$/);
		expect(progressAsData({ done, failed: [], untried: [] }).done).toBe(rangesOf(done));
	});
});
