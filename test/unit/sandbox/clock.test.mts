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

it('does not make up for a time in which the process was held up', () => {
	jest.setSystemTime(Date.now() + 30_000);
	expect(passed()).toBeLessThan(60);
	clock.set({ speed: 1 });
	const before = passed();
	jest.setSystemTime(Date.now() + 30_000);
	expect(passed()).toBe(before + 30);
});
