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

/** How often the holder says that it is alive, and after how long a silence the lock belongs to nobody. */
const HEARTBEAT = { update: 2000, stale: 20_000 };

/**
 * Does `work` while no other process on this file system does any under the same lock. Neither a kill nor a power cut
 * of the holder blocks the next run.
 *
 * @param path the lock, a folder that is there only while it is held
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
				// A lock that someone removed is no reason to stop half way.
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
