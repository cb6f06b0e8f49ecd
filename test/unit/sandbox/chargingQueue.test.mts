import { ChargingQueue } from '../../../sandbox/stations/chargingQueue.mts';

const MINUTE = 60_000;

describe('a queue for charging', () => {
	it('shares a limit that is enough for all', () => {
		const queue = new ChargingQueue(6);
		expect(queue.share(12, [32, 16], 0)).toEqual([6, 6]);
		expect(queue.turnEndsAt).toBe(Infinity);
	});

	it('lets one of two charge in turns if both cannot', () => {
		const queue = new ChargingQueue(6);
		expect(queue.share(11.9, [32, 16], 0)).toEqual([11.9, 0]);
		expect(queue.turnEndsAt).toBe(15 * MINUTE);
		expect(queue.share(11.9, [32, 16], 14 * MINUTE)).toEqual([11.9, 0]);
		expect(queue.share(11.9, [32, 16], 15 * MINUTE)).toEqual([0, 11.9]);
		expect(queue.turnEndsAt).toBe(30 * MINUTE);
		expect(queue.share(11.9, [32, 16], 30 * MINUTE)).toEqual([11.9, 0]);
	});

	it('lets two of three charge, each for two turns of three', () => {
		const queue = new ChargingQueue(6);
		const turns = [0, 15, 30, 45, 60, 75].map((minute) =>
			queue.share(12, [32, 32, 32], minute * MINUTE),
		);
		expect(turns).toEqual([
			[6, 6, 0],
			[6, 0, 6],
			[0, 6, 6],
			[6, 6, 0],
			[6, 0, 6],
			[0, 6, 6],
		]);
	});

	it('makes room for the next as soon as one has enough, and puts newcomers at the end', () => {
		const queue = new ChargingQueue(6);
		queue.share(8, [16, 16, 0], 0);
		expect(queue.share(8, [0, 16, 16], MINUTE)).toEqual([0, 8, 0]);
		expect(queue.share(8, [16, 16, 16], 2 * MINUTE)).toEqual([0, 8, 0]);
		expect(queue.share(8, [16, 0, 16], 3 * MINUTE)).toEqual([0, 0, 8]);
	});

	it('lets nobody charge below the least amount, unless a car asks for less', () => {
		const queue = new ChargingQueue(6);
		expect(queue.share(5.9, [32, 32], 0)).toEqual([0, 0]);
		expect(queue.turnEndsAt).toBe(Infinity);
		expect(queue.share(5.9, [32, 2], 0)).toEqual([0, 2]);
	});
});
