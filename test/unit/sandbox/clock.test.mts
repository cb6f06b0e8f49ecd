import { SimulatedClock } from '../../../sandbox/clock.mts';

const NOON = Date.parse('2026-03-01T12:00:00Z');

let clock: SimulatedClock;
beforeEach(() => {
	jest.useFakeTimers();
	clock = new SimulatedClock({ now: NOON, speed: 60 });
});
afterEach(() => {
	clock.stop();
	jest.useRealTimers();
});

const passed = () => (clock.now() - NOON) / 1000;

it('lets time pass at its speed', () => {
	jest.advanceTimersByTime(10_000);
	expect(passed()).toBe(600);
	clock.set({ speed: 0 });
	jest.advanceTimersByTime(10_000);
	expect(passed()).toBe(600);
});

it('tells every follower the time within a fifth of a second, a part of them at once', () => {
	const told = new Map<number, number>();
	for (let id = 0; id < 25; id++) {
		clock.follow({ runTo: (now) => told.set(id, now), jumpTo: () => undefined });
	}
	jest.advanceTimersByTime(20);
	expect(told.size).toBe(3);
	jest.advanceTimersByTime(180);
	expect(told.size).toBe(25);
});

it('waits while somebody is behind', () => {
	let isBehind = true;
	clock.waitWhile(() => isBehind);
	jest.advanceTimersByTime(20);
	const before = passed();
	jest.advanceTimersByTime(60_000);
	expect(passed()).toBe(before);
	isBehind = false;
	jest.advanceTimersByTime(1020);
	expect(passed()).toBe(before + 60);
});

it('stops exactly at moments, however slow the process is', () => {
	clock.set({ now: NOON, speed: 0 });
	void clock.passThenStop(10_000);
	clock.set({ speed: 3600 });
	let realNow = Date.now();
	jest.spyOn(Date, 'now').mockImplementation(() => (realNow += 1));
	jest.advanceTimersByTime(40);
	expect(passed()).toBe(10);
	void clock.passThenStop(10_000);
	jest.advanceTimersByTime(40);
	expect(passed()).toBe(20);
	jest.restoreAllMocks();
});

it('does not make up for a time in which the process was held up', () => {
	jest.setSystemTime(Date.now() + 30_000);
	expect(passed()).toBeLessThan(60);
	clock.set({ speed: 1 });
	const before = passed();
	jest.setSystemTime(Date.now() + 30_000);
	expect(passed()).toBe(before + 30);
});

describe('a clock that stops at a moment', () => {
	const told: number[] = [];

	beforeEach(() => {
		clock.set({ speed: 1 });
		told.length = 0;
		clock.follow({ runTo: (now) => told.push(now - NOON), jumpTo: () => undefined });
	});

	/** Lets real time pass, and resolves with the simulated time that has passed, ms. */
	const after = async (ms: number) => {
		await jest.advanceTimersByTimeAsync(ms);
		return clock.now() - NOON;
	};

	it.each([0.5, 1, 60, 3600])(
		'stops there exactly, and goes on from there: × %d',
		async (speed) => {
			clock.set({ speed });
			let reached = false;
			void clock.passThenStop(12_345).then(() => (reached = true));
			expect(await after(12_344 / speed - 1)).toBeLessThan(12_345);
			expect(reached).toBe(false);
			expect(await after(30)).toBe(12_345);
			expect([reached, told.at(-1)]).toEqual([true, 12_345]);
			expect(await after(60_000)).toBe(12_345);
			clock.goOn();
			expect(await after(1000)).toBe(12_345 + 1000 * speed);
		},
	);

	it('is as far from the stop as before when it is set', async () => {
		void clock.passThenStop(10_000);
		await after(4000);
		clock.set({ now: NOON + 3_600_000 });
		expect(await after(20_000)).toBe(3_606_000);
	});

	it('stops later when it runs slower, and not while it stands still', async () => {
		let reached = false;
		void clock.passThenStop(10_000).then(() => (reached = true));
		await after(5000);
		clock.set({ speed: 0 });
		expect(await after(60_000)).toBe(5000);
		expect(reached).toBe(false);
		clock.set({ speed: 10 });
		expect(await after(501)).toBe(10_000);
		expect(reached).toBe(true);
	});
});
