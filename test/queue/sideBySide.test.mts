import { COUNT, runSideBySide } from '../../bench/sideBySide.mts';
import { WORKERS } from '../../host/queue/queueMode.mts';
import { useQueue } from './support/queue.mts';

const queue = useQueue();

describe('executions side by side over two workers, on one bucket of 50 requests a second', () => {
	it.each([2, 4, 8])(
		'%d of them, 500 commands each: all through, none starved',
		async (runs) => {
			const before = await finished();
			const { accepted, statuses, ends, ideal, requests } = await runSideBySide(queue, runs);
			const ratio = ends[runs - 1] / ideal;
			console.log(
				`${runs} × ${COUNT}: the first after ${ends[0].toFixed(1)} s, the last after ${ends[runs - 1].toFixed(1)} s, ` +
					`${ratio.toFixed(2)} × ideal, ${requests} requests`,
			);
			expect(statuses).toEqual(Array.from({ length: runs }, () => 'success'));
			expect(accepted).toBe(runs * COUNT);
			expect(ratio).toBeLessThan(1.3);
			const after = await finished();
			if (runs === 8)
				after.forEach((count, worker) => expect(count).toBeGreaterThan(before[worker]));
		},
		900_000,
	);
});

/** How many executions each worker has completed. */
const finished = () =>
	Promise.all(WORKERS.map(async (worker) => (await queue.finishedBy(worker)).length));
