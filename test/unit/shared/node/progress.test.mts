import {
	failedInWords,
	progressAsData,
	progressInWords,
	rangesOf,
	reasonsInWords,
	stationsInWords,
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

describe('the stations of an item', () => {
	const progress = {
		itemIndex: 3,
		done: ['A'],
		failed: [
			{ stationId: 'B', reason: 'It is offline.' },
			{ stationId: 'C', reason: 'It refused.' },
			{ stationId: 'D', reason: 'It is offline.' },
		],
		untried: ['E', 'F'],
	};

	it('are listed in words', () => {
		expect(failedInWords(progress)).toBe('3 of 6 charging stations failed: B, C, D');
		expect(reasonsInWords(progress)).toBe('B, D: It is offline. C: It refused.');
		expect(stationsInWords(progress)).toBe(
			'Of 6 charging stations 1 was done, 3 failed and 2 were not tried. Done: A. Failed: B, C, D. Not tried: E, F.',
		);
	});

	it('are listed as not tried if none failed', () => {
		expect(failedInWords({ ...progress, failed: [] })).toBe(
			'2 of 3 charging stations were not tried',
		);
	});

	it('are listed as data', () => {
		const data = progressAsData({ done: [], failed: [], untried: [], stations: [progress] });
		expect(data.stations).toEqual([
			{
				item: 3,
				done: ['A'],
				failed: [
					{ stations: ['B', 'D'], reason: 'It is offline.' },
					{ stations: ['C'], reason: 'It refused.' },
				],
				untried: ['E', 'F'],
			},
		]);
	});

	it('are shortened in words, however long their IDs and however many reasons there are', () => {
		const failed = Array.from({ length: 1000 }, (_, n) => ({
			stationId: `${'S'.repeat(n % 2 ? 10 : 900)}-${n}`,
			reason: `Reason ${n % 7}.`,
		}));
		const many = { ...progress, failed };
		expect(failedInWords(many).length).toBeLessThan(300);
		expect(stationsInWords(many).length).toBeLessThan(600);
		expect(reasonsInWords(many).length).toBeLessThan(900);
		expect(reasonsInWords(many)).toMatch(/4 more reasons in the error’s context\.$/);
	});
});
