import { PowerLog } from '../../../sandbox/stations/powerLog.mts';

const logOf = (...changes: Array<[at: number, powerW: number, limitW: number]>) => {
	const log = new PowerLog();
	for (const [at, powerW, limitW] of changes) log.add({ at, powerW, limitW });
	return log;
};
const times = (log: PowerLog, after = 0) => log.after(after).map(({ at }) => at);

it('keeps what changes', () => {
	const log = logOf([1, 0, 9], [2, 0, 9], [3, 5, 9], [4, 5, 7]);
	expect(times(log)).toEqual([1, 3, 4]);
	expect(times(log, 2)).toEqual([4]);
	expect(times(log, 3)).toEqual([]);
	expect(log.latest).toEqual({ at: 4, powerW: 5, limitW: 7 });
});

it('keeps no more than the last 300 changes', () => {
	const log = new PowerLog();
	for (let at = 1; at <= 400; at++) log.add({ at, powerW: at, limitW: 1000 });
	expect(log.count).toBe(400);
	expect(times(log)).toHaveLength(300);
	expect(times(log).at(-1)).toBe(400);
	expect(times(log, 398)).toEqual([399, 400]);
});

it('begins again when the clock is set', () => {
	const log = logOf([5, 1, 9]);
	log.restart();
	expect(log.restarts).toBe(1);
	log.add({ at: 2, powerW: 1, limitW: 9 });
	expect(times(log)).toEqual([2]);
});
