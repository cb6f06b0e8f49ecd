/**
 * Works on several entries at the same time, but on those with the same key one after the other, in their order.
 * @param keyOf the key of an entry; undefined if its order does not matter
 * @param atOnce how many entries are worked on at the same time at most
 * @param work returns false to stop: then no further entries are started
 */
export async function inOrder<T>(
	entries: readonly T[],
	keyOf: (entry: T) => string | undefined,
	atOnce: number,
	work: (entry: T) => Promise<boolean>,
): Promise<void> {
	const byKey = new Map<unknown, T[]>();
	for (const entry of entries) {
		const key = keyOf(entry) ?? Symbol('alone');
		const queue = byKey.get(key);
		if (queue) queue.push(entry);
		else byKey.set(key, [entry]);
	}
	const queues = byKey.values();
	let isStopped = false;
	const worker = async () => {
		for (const queue of queues) {
			for (const entry of queue) {
				if (isStopped) return;
				if (!(await work(entry))) isStopped = true;
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, byKey.size) }, worker));
}
