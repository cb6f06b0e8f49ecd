import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

const FOLDER = 'n8n-nodes-charger-operations';

/**
 * The folder in the user's cache for the installed host, so that all clones share it.
 * `N8N_HOST_CACHE` names another folder.
 */
export function cacheRoot(
	env: NodeJS.ProcessEnv = process.env,
	platform: NodeJS.Platform = process.platform,
	home: string = homedir(),
): string {
	if (env.N8N_HOST_CACHE) return env.N8N_HOST_CACHE;
	if (platform === 'darwin') return join(home, 'Library', 'Caches', FOLDER);
	if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), FOLDER);
	return join(env.XDG_CACHE_HOME ?? join(home, '.cache'), FOLDER);
}

/** What an installed host depends on: a change of any of these gives another folder. */
export interface HostVersions {
	n8n: string;
	node: string;
	platform: string;
	arch: string;
	/** The text of the host's package-lock.json. */
	lock: string;
}

/** The host's folder name, e.g. `n8n-2.41.1-node-24.21.0-linux-x64-1f2e3d4c`. */
export function hostFolderName({ n8n, node, platform, arch, lock }: HostVersions): string {
	const hash = createHash('sha256').update(lock).digest('hex').slice(0, 8);
	return `n8n-${n8n}-node-${node}-${platform}-${arch}-${hash}`;
}
