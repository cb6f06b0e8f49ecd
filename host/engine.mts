import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from './cacheFolder.mts';
import { installFolder, type Following } from './support/installFolder.mts';
import { installPackages } from './support/installPackages.mts';
import { outputOfProcess } from './support/processes.mts';

/** The packages that run nodes, and those that nodes get from n8n. */
const PACKAGES = ['n8n-core', 'n8n-workflow', 'luxon', 'reflect-metadata'];

/**
 * Installs n8n's engine, without n8n itself, in the user's cache folder, unless it is already there.
 *
 * @param version of n8n, e.g. "1.100.1"; the engine's packages are those that this n8n names
 * @returns the folder of its `node_modules`
 * @throws OperatorError that says what to do if the version does not exist, or network or disk space are missing
 */
export async function installEngine(version: string, following: Following = {}): Promise<string> {
	const directory = join(cacheRoot(), `engine-of-n8n-${version}`);
	if (existsSync(directory)) return join(directory, 'node_modules');
	const what = `the engine of n8n ${version}`;
	await installFolder(directory, { what, neededGib: 1, ...following }, async (partial) => {
		const printed = await outputOfProcess(
			`npm could not look up n8n ${version}`,
			'npm',
			['view', `n8n@${version}`, 'dependencies', '--json', '--loglevel=error'],
			{ cwd: partial, signal: following.signal },
		);
		const named = JSON.parse(printed) as Record<string, string>;
		const dependencies = Object.fromEntries(PACKAGES.map((name) => [name, named[name]]));
		const content = { name: 'n8n-engine', private: true, dependencies };
		await writeFile(join(partial, 'package.json'), JSON.stringify(content, null, '\t'));
		await installPackages(partial, what, following);
	});
	return join(directory, 'node_modules');
}
