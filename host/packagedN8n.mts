import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstalledN8n } from './install.mts';
import { startN8n, type N8nOptions, type RunningN8n } from './n8n.mts';
import { installPackage } from './package.mts';

/**
 * Starts a new n8n with this package (which must have been built), installed as a user would install it.
 * Its user folder is temporary and is deleted when n8n stops.
 */
export async function startPackagedN8n(
	host: InstalledN8n,
	options: Omit<N8nOptions, 'userFolder'> & { projectRoot?: string } = {},
): Promise<RunningN8n> {
	const userFolder = await mkdtemp(join(tmpdir(), 'charger-operations-n8n-'));
	const remove = () => rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	try {
		await installPackage(userFolder, options.projectRoot, options.signal);
		const n8n = await startN8n(host, { ...options, userFolder });
		return {
			...n8n,
			stop: async () => {
				await n8n.stop();
				await remove();
			},
		};
	} catch (error) {
		await remove();
		throw error;
	}
}
