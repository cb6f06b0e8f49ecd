import {
	Pace,
	readRetryAfterMs,
	type Clock,
	type Turn,
} from '../../../../nodes/shared/chargeye/pace.ts';
import { bucket, oneThrottle, simulate, type Arrangement, type Throttle } from './pacedRuns.mts';

/** A clock that advances only when code sleeps. */
function testClock(): Clock & { time: number } {
	const clock = {
		time: 0,
		nowMs: () => clock.time,
		sleep: (ms: number) => {
			clock.time += ms;
			return Promise.resolve();
		},
		random: () => 0.5,
	};
	return clock;
}

const never = () => undefined;

/** A turn. @throws Error if the pace does not admit the request */
async function turnOf(pace: Pace): Promise<Turn> {
	const admission = await pace.admit();
	if (typeof admission === 'string') throw new Error(`Not admitted: ${admission}`);
	return admission;
}

describe('Retry-After', () => {
	const now = Date.parse('2026-03-29T00:59:00Z');
	it.each([
		['7', 7000],
		[' 0 ', 0],
		['0.5', 500],
		['-5', 0],
		['Sun, 29 Mar 2026 01:00:00 GMT', 60_000],
		['Sun, 29 Mar 2026 00:00:00 GMT', 0],
		['soon', undefined],
		['5 apples', undefined],
		['', undefined],
		[undefined, undefined],
		['9'.repeat(100_000), undefined],
	])('%j means %j ms', (value, ms) => {
		expect(readRetryAfterMs(value, now)).toBe(ms);
	});
});

describe('the pace', () => {
	it('delays no request until the API asks to slow down', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 10_000, never);
		for (let n = 0; n < 1000; n++) (await turnOf(pace)).answered();
		expect(clock.time).toBe(0);
	});

	it('waits as long as the API asks', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 60_000, never);
		(await turnOf(pace)).throttled(7000);
		await turnOf(pace);
		// Up to 5 % longer, so that parallel runs do not continue at the same moment.
		expect(clock.time).toBeGreaterThanOrEqual(7000);
		expect(clock.time).toBeLessThanOrEqual(7350);
	});

	it.each([undefined, 0, 100])(
		'waits longer and longer if the API asks for %j ms and answers nothing',
		async (asked) => {
			const clock = testClock();
			const pace = new Pace(clock, 600_000, never);
			const times: number[] = [];
			for (let n = 0; n < 9; n++) {
				const turn = await turnOf(pace);
				times.push(clock.time);
				turn.throttled(asked);
			}
			const waits = times.slice(1).map((time, n) => Math.round((time - times[n]) / 100) / 10);
			expect(waits).toEqual([0.5, 1, 2.1, 4.1, 8.2, 16.3, 20.3, 20.3]);
		},
	);

	it('does not delay other requests that are answered if one gets "Retry-After: 0"', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 60_000, never);
		for (let n = 0; n < 100; n++) {
			(await turnOf(pace)).answered();
			(await turnOf(pace)).throttled(0);
		}
		expect(clock.time).toBe(0);
	});

	it('admits no request after the time limit, and no wait beyond it', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 5000, never);
		expect(await pace.wait(6000)).toBe('late');
		expect(clock.time).toBe(0);
		expect(await pace.wait(4999)).toBe('over');
		await turnOf(pace);
		clock.time = 5000;
		expect(await pace.admit()).toBe('late');
	});

	it('does not start a pause that ends after the time limit', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 5000, never);
		(await turnOf(pace)).throttled(6000);
		expect(await pace.admit()).toBe('late');
		expect(clock.time).toBe(0);
	});

	it('ends a wait when the run is stopped', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 600_000, () => (clock.time >= 3000 ? 'stopped' : undefined));
		(await turnOf(pace)).throttled(300_000);
		expect(await pace.admit()).toBe('stopped');
		expect(clock.time).toBe(3000);
	});
});

describe('runs that share an API', () => {
	/** Simulates six times with different random numbers. @returns how long the slowest run took, relative to the ideal */
	async function timesOf(
		idealS: number,
		throttle: () => Throttle,
		arrangement: Omit<Arrangement, 'throttle' | 'seed'>,
	) {
		const outcomes = await Promise.all(
			[1, 2, 3, 4, 5, 6].map((seed) => simulate({ ...arrangement, throttle: throttle(), seed })),
		);
		for (const { runs } of outcomes) {
			expect(runs.map(({ done }) => done)).toEqual(runs.map(() => arrangement.items));
		}
		const ratios = outcomes
			.map(({ runs }) => Math.max(...runs.map(({ seconds }) => seconds)) / idealS)
			.sort((a, b) => a - b);
		return {
			best: ratios[0],
			median: ratios[3],
			worst: ratios[5],
			sent: Math.max(...outcomes.map((outcome) => outcome.sent)),
		};
	}

	it.each([
		['300 items, 5 at once', 10.3, 10, 10_000, { items: 300, atOnce: 5, latencyMs: 5 }],
		['3 stations × 50', 12.5, 10, 10_000, { items: 150, atOnce: 3, latencyMs: 50 }],
		['one at a time', 31.5, 2, 30_000, { items: 300, atOnce: 1, latencyMs: 5 }],
		['slow chargers', 15, 10, 10_000, { items: 500, atOnce: 200, latencyMs: 2000 }],
	] as const)(
		'one early 429 costs the wait that it asks for and little more: %s',
		async (_, idealS, request, waitMs, arrangement) => {
			const { best, worst, sent } = await timesOf(idealS, () => oneThrottle(request, waitMs), {
				runs: 1,
				...arrangement,
			});
			expect(best).toBeGreaterThan(0.97);
			expect(worst).toBeLessThan(1.15);
			expect(sent).toBe(arrangement.items + 1);
		},
	);

	it('a lasting limit is found and kept', async () => {
		const { median, worst, sent } = await timesOf(9, () => bucket(50, 50), {
			runs: 1,
			items: 500,
			atOnce: 200,
			latencyMs: 50,
		});
		expect(median).toBeLessThan(1.15);
		expect(worst).toBeLessThan(1.25);
		expect(sent).toBeLessThan(800);
	});

	it.each([2, 4, 8])('%d runs share a limit without knowing of each other', async (runs) => {
		const { worst } = await timesOf((runs * 500 - 50) / 50, () => bucket(50, 50), {
			runs,
			items: 500,
			atOnce: 200,
			latencyMs: 50,
		});
		expect(worst).toBeLessThan(1.3);
	});

	it('a 429 for one request in ten, without a wait, hardly slows the others', async () => {
		const random = (() => {
			let state = 7;
			return () => (state = (state * 48271) % 2147483647) / 2147483647;
		})();
		const { worst } = await timesOf(5, () => () => (random() < 0.1 ? 0 : undefined), {
			runs: 1,
			items: 1000,
			atOnce: 3,
			latencyMs: 15,
		});
		expect(worst).toBeLessThan(2);
	});

	it('an API that answers only 429 gets few requests until the time limit', async () => {
		const { sent, runs } = await simulate({
			runs: 1,
			items: 10_000,
			atOnce: 20,
			latencyMs: 5,
			throttle: () => 0,
			seed: 1,
			timeLimitS: 60,
		});
		expect(runs).toEqual([{ done: 0, seconds: 0 }]);
		expect(sent).toBeGreaterThanOrEqual(20);
		expect(sent).toBeLessThan(60);
	});
});
