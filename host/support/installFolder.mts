import { existsSync } from 'node:fs';
import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperatorError } from './errors.mts';
import { withFileLock } from './fileLock.mts';
import type { Progress } from './progress.mts';

/** Whom to tell about the progress of an installation, and what stops it. */
export interface Following {
	onProgress?: (progress: Progress) => void;
	signal?: AbortSignal;
}

export interface FolderOptions extends Following {
	/** What is installed, e.g. "n8n". */
	what: string;
	/** The disk space for the packages and npm's cache of them. */
	neededGib: number;
}

/**
 * Fills a folder of packages, unless it exists.
 *
 * The installation happens in a folder next to the final one, and is renamed when it is complete. A second process waits
 * for the first.
 *
 * @param fill installs into the folder that it gets
 * @throws OperatorError if there is too little disk space; whatever `fill` throws
 */
export async function installFolder(
	directory: string,
	{ what, neededGib, onProgress = () => undefined, signal }: FolderOptions,
	fill: (partial: string) => Promise<void>,
): Promise<void> {
	const partial = `${directory}.partial`;
	const install = async () => {
		if (existsSync(directory)) return;
		await rm(partial, { recursive: true, force: true });
		await requireSpace(dirname(directory), what, neededGib);
		await mkdir(partial, { recursive: true });
		try {
			await fill(partial);
			await rename(partial, directory);
		} catch (error) {
			onProgress({ phase: `Removing the unfinished ${what}` });
			await rm(partial, { recursive: true, force: true });
			throw error;
		}
	};
	if (existsSync(directory)) return;
	await withFileLock(`${directory}.installing`, install, {
		signal,
		onWait: () => onProgress({ phase: `Waiting for another process that installs ${what}` }),
	});
}

async function requireSpace(folder: string, what: string, neededGib: number): Promise<void> {
	const { bavail, bsize } = await statfs(folder);
	const free = (bavail * bsize) / 2 ** 30;
	if (free >= neededGib) return;
	throw new OperatorError(
		`${what} needs about ${neededGib} GB of disk space in ${folder}, and ${free.toFixed(1)} GB are available. Free some space, or set N8N_HOST_CACHE to a folder on another disk.`,
	);
}
