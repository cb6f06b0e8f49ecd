import { Pace, readRetryAfter, type Clock } from '../../../../nodes/shared/chargeye/pace.ts';

/** A clock that moves only when someone sleeps. */
function testClock(): Clock & { time: number } {
	const clock = {
		time: 0,
		now: () => clock.time,
		sleep: (ms: number) => {
			clock.time += ms;
			return Promise.resolve();
		},
		random: () => 0.5,
	};
	return clock;
}

const never = () => false;

describe('Retry-After', () => {
	const now = Date.parse('2026-03-29T00:59:00Z');
	it.each([
		['7', 7000],
		[' 0 ', 0],
		['Sun, 29 Mar 2026 01:00:00 GMT', 60_000],
		['Sun, 29 Mar 2026 00:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
		[undefined, undefined],
	])('%j is %j ms', (value, ms) => {
		expect(readRetryAfter(value, now)).toBe(ms);
	});
});

describe('the pace', () => {
	it('holds nothing back until the API asks to wait', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 10_000);
		for (let n = 0; n < 1000; n++) {
			await pace.turn(never);
			pace.answered();
		}
		expect(clock.time).toBe(0);
	});

	it('then waits as asked, and goes on at about the rate that was allowed', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 60_000);
		// Allowed are 50 a second: 50 at once, then a wait of a second.
		for (let n = 0; n < 50; n++) {
			await pace.turn(never);
			pace.answered();
		}
		pace.throttled(1000);
		await pace.turn(never);
		expect(clock.time).toBe(1000);
		// What was allowed during the wait goes out at once, with the one that has gone.
		for (let n = 0; n < 50; n++) await pace.turn(never);
		expect(clock.time).toBeLessThan(1050);
		const begin = clock.time;
		for (let n = 0; n < 100; n++) {
			await pace.turn(never);
			pace.answered();
		}
		const perSecond = 100 / ((clock.time - begin) / 1000);
		expect(perSecond).toBeGreaterThan(49);
		expect(perSecond).toBeLessThan(55);
	});

	it('counts what was sent before the wait and answered during it', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 60_000);
		for (let n = 0; n < 50; n++) await pace.turn(never);
		pace.answered();
		pace.throttled(1000);
		for (let n = 0; n < 49; n++) pace.answered();
		for (let n = 0; n < 51; n++) await pace.turn(never);
		const begin = clock.time;
		for (let n = 0; n < 100; n++) await pace.turn(never);
		expect((clock.time - begin) / 100).toBeCloseTo(20, 0);
	});

	it('is no slower than one request for each wait that was asked', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 60_000);
		await pace.turn(never);
		pace.answered();
		// A long time passes for other reasons.
		clock.time = 30_000;
		pace.throttled(100);
		await pace.turn(never);
		await pace.turn(never);
		expect(clock.time).toBeLessThanOrEqual(30_200);
	});

	it('does not wait beyond the time limit', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 5000);
		pace.throttled(6000);
		expect(await pace.turn(never)).toBe(false);
		expect(await pace.wait(6000)).toBe(false);
		expect(clock.time).toBe(0);
		expect(await pace.wait(5000)).toBe(true);
	});

	it('lets a cancelled run notice', async () => {
		const clock = testClock();
		const pace = new Pace(clock, 600_000);
		pace.throttled(300_000);
		await pace.turn(() => clock.time >= 3000);
		expect(clock.time).toBe(3000);
	});

	it('backs off longer each time, within bounds', () => {
		const pace = new Pace(testClock(), 1000);
		const waits = [0, 1, 2, 3, 20].map((repeat) => pace.backOff(repeat));
		expect(waits).toEqual([375, 750, 1500, 3000, 15_000]);
	});
});
