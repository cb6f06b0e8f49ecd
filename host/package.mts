import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from './support/errors.mts';
import { runProcess, type ProcessOptions } from './support/processes.mts';

export const PACKAGE_NAME = 'n8n-nodes-charger-operations';

/** Compiles the nodes into `dist` (`gulp build`). */
export async function buildPackage(
	projectRoot: string = process.cwd(),
	signal?: AbortSignal,
): Promise<void> {
	const gulp = join(projectRoot, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await run('The build failed', process.execPath, [gulp, 'build'], { cwd: projectRoot, signal });
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
		const printed = await run('npm pack failed', 'npm', pack, { cwd: projectRoot, signal });
		const [{ filename }] = JSON.parse(printed) as [{ filename: string }];
		const unpack = ['-xzf', join(temporary, filename), '-C', target, '--strip-components=1'];
		await run('The package could not be unpacked', 'tar', unpack, { signal });
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}

/** Runs a program to its end and returns what it printed on stdout. */
async function run(
	failure: string,
	command: string,
	args: string[],
	options: ProcessOptions,
): Promise<string> {
	const printed: string[] = [];
	const end = await runProcess(command, args, {
		...options,
		onLine: (line, stream) => {
			if (stream === 'stdout') printed.push(line);
		},
	});
	if (end.code !== 0) throw new OperatorError(`${failure}:\n\n${end.output}`);
	return printed.join('\n');
}
