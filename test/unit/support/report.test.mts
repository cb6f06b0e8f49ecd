import { hasPassed, outcomeOf, summaryOf, type JestReport } from '../../support/report.mts';

const file = (name: string, seconds: number) => ({
	name: `/project/test/engine/${name}.test.mts`,
	startTime: 1_000_000,
	endTime: 1_000_000 + seconds * 1000,
});

const report = (changes: Partial<JestReport> = {}): JestReport => ({
	numPassedTests: 1190,
	numFailedTests: 0,
	numRuntimeErrorTestSuites: 0,
	success: true,
	testResults: [file('package', 1.4), file('deep/client', 38), ...[...'abcde'].map(toFile)],
	...changes,
});
const toFile = (name: string) => file(name, 2);

const engine = (changes?: Partial<JestReport>) => ({
	layer: 'engine',
	seconds: 83,
	...outcomeOf(report(changes), '/project/test/engine'),
});
const unit = {
	layer: 'unit',
	seconds: 38,
	...outcomeOf(report({ testResults: [] }), '/project/test/unit'),
};

describe('the end of a test run', () => {
	it('says how long each layer took, and which of its files took longest', () => {
		expect(summaryOf([{ ...unit, passed: 1 }, engine()])).toEqual([
			'Slowest of engine: deep/client 38 s, a 2 s, b 2 s, c 2 s, d 2 s',
			'unit 1 test in 38 s · engine 1,190 tests in 1 min 23 s',
			'None failed.',
		]);
		expect(hasPassed([unit, engine()])).toBe(true);
	});

	it.each([
		['a test', { numFailedTests: 2, numPassedTests: 1188, success: false }, 1190, 2],
		['a file that does not load', { numRuntimeErrorTestSuites: 1, success: false }, 1191, 1],
		['Jest itself', { success: false }, 1191, 1],
	])('says that %s failed', (_, changes, tests, failed) => {
		const results = [unit, engine(changes)];
		expect(summaryOf(results).slice(-2)).toEqual([
			`unit 1,190 tests in 38 s · engine ${tests.toLocaleString('en')} tests in 1 min 23 s`,
			`Failed: ${failed} of engine.`,
		]);
		expect(hasPassed(results)).toBe(false);
	});

	it('is not a success if no test ran', () => {
		expect(hasPassed([])).toBe(false);
		expect(hasPassed([engine({ numPassedTests: 0 })])).toBe(false);
	});
});
