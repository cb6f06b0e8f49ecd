import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOfProcess } from './support/processes.mts';

export const PACKAGE_NAME = 'n8n-nodes-charger-operations';

/** Compiles the nodes into `dist` (`gulp build`). */
export async function buildPackage(
	projectRoot: string = process.cwd(),
	signal?: AbortSignal,
): Promise<void> {
	const gulp = join(projectRoot, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await outputOfProcess('The build failed', process.execPath, [gulp, 'build'], {
		cwd: projectRoot,
		signal,
	});
}

/**
 * Packs the built package as npm would publish it, and unpacks it where an n8n with this user folder
 * looks for community packages.
 *
 * @returns the folder of the unpacked package
 */
export async function installPackage(
	userFolder: string,
	projectRoot: string = process.cwd(),
	signal?: AbortSignal,
): Promise<string> {
	const target = join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await unpackPackage(target, projectRoot, signal);
	return target;
}

/** Packs the built package as npm would publish it, and unpacks it into a folder that is there and empty. */
export async function unpackPackage(
	target: string,
	projectRoot: string = process.cwd(),
	signal?: AbortSignal,
): Promise<void> {
	const temporary = await mkdtemp(join(tmpdir(), 'charger-operations-pack-'));
	try {
		const pack = ['pack', '--pack-destination', temporary, '--json', '--loglevel=error'];
		const printed = await outputOfProcess('npm pack failed', 'npm', pack, {
			cwd: projectRoot,
			signal,
		});
		const [{ filename }] = JSON.parse(printed) as [{ filename: string }];
		const unpack = ['-xzf', join(temporary, filename), '-C', target, '--strip-components=1'];
		await outputOfProcess('The package could not be unpacked', 'tar', unpack, { signal });
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}
