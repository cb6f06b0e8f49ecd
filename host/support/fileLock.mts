import { mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './errors.mts';

export interface LockOptions {
	/** Called once when another process holds the lock. */
	onWait?: () => void;
	signal?: AbortSignal;
	/** How often the holder says that it is alive, and how often the others look. */
	heartbeatMs?: number;
}

/** A holder that missed this many heartbeats in a row was ended without a chance to clean up. */
const MISSED_HEARTBEATS = 10;

/**
 * Does `work` while no other process on this file system does any under the same lock file.
 *
 * The holder renews the file's modification time; a file that grows old belongs to nobody and is
 * taken over, so that neither a kill nor a power cut blocks the next run.
 */
export async function withFileLock<T>(
	path: string,
	work: () => Promise<T>,
	{ onWait, signal, heartbeatMs = 2000 }: LockOptions = {},
): Promise<T> {
	await mkdir(dirname(path), { recursive: true });
	for (let waited = false; !(await tryLock(path)); waited = true) {
		if (!waited) onWait?.();
		const age = await ageOf(path);
		if (age !== undefined && age > heartbeatMs * MISSED_HEARTBEATS) await rm(path, { force: true });
		else await sleep(heartbeatMs, undefined, { signal });
	}
	const heartbeat = setInterval(() => {
		const now = new Date();
		// A lock file that someone removed is no reason to stop half way.
		utimes(path, now, now).catch(() => undefined);
	}, heartbeatMs).unref();
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		await rm(path, { force: true });
	}
}

async function tryLock(path: string): Promise<boolean> {
	try {
		await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	}
}

/** Milliseconds since the holder's last heartbeat; undefined when the lock was given back. */
async function ageOf(path: string): Promise<number | undefined> {
	try {
		return Date.now() - (await stat(path)).mtimeMs;
	} catch {
		return undefined;
	}
}
