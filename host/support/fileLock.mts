import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { codeOf } from './errors.mts';
import { until } from './until.mts';

export interface LockOptions {
	/** Called once when another process holds the lock. */
	onWait?: () => void;
	signal?: AbortSignal;
}

/** How often the holder renews the lock, and how long after the last renewal the lock counts as free. */
const HEARTBEAT = { update: 2000, stale: 20_000 };

/**
 * Does `work` while no other process on this file system holds the same lock. If the holder is killed or loses power,
 * the next run is not blocked.
 *
 * @param path the lock: a folder that exists only while the lock is held
 */
export async function withFileLock<T>(
	path: string,
	work: () => Promise<T>,
	{ onWait, signal }: LockOptions = {},
): Promise<T> {
	await mkdir(dirname(path), { recursive: true });
	let waits = false;
	const acquire = async () => {
		try {
			return await lock(path, {
				...HEARTBEAT,
				lockfilePath: path,
				realpath: false,
				// If someone removes the lock, the work continues: stopping halfway would be worse.
				onCompromised: () => undefined,
			});
		} catch (error) {
			if (codeOf(error) !== 'ELOCKED') throw error;
			if (!waits) onWait?.();
			waits = true;
			return undefined;
		}
	};
	const release = await until('the lock', Infinity, acquire, signal);
	try {
		return await work();
	} finally {
		await release().catch(() => undefined);
	}
}
