import { writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { cacheRoot, hostFolderName } from './cacheFolder.mts';
import { hostManifestOf, readHostManifest, type HostManifest } from './hostManifest.mts';
import { OperatorError } from './support/errors.mts';
import { installFolder, type Following } from './support/installFolder.mts';
import { installPackages, npm } from './support/installPackages.mts';
import { lastNpmLines } from './support/npm.mts';
import { runProcess } from './support/processes.mts';

/** An n8n that is ready to run, and the Node to run it with. */
export interface InstalledN8n {
	/** The Node binary. */
	node: string;
	/** n8n's command-line script. */
	n8nBin: string;
	directory: string;
	version: string;
}

export interface InstallOptions extends Following {
	/** The folder of this project's package.json. */
	projectRoot?: string;
	/** A version of n8n, e.g. "1.123.81"; if absent, the one of host/n8n/package.json. */
	version?: string;
}

/**
 * Installs n8n and its Node in the user's cache folder, unless they are already there. A second process waits for the first.
 *
 * @throws OperatorError that says what to do if network, disk space or compiler is missing
 */
export async function installN8n(options: InstallOptions = {}): Promise<InstalledN8n> {
	const { projectRoot = process.cwd(), version, ...following } = options;
	const manifest =
		version === undefined
			? await readHostManifest(projectRoot)
			: await hostManifestOf(version, projectRoot);
	const directory = join(
		cacheRoot(),
		hostFolderName({
			n8n: manifest.n8n,
			node: manifest.node.version,
			platform: process.platform,
			arch: process.arch,
			lock: manifest.lock ?? manifest.packageJson,
		}),
	);
	const folder = { what: 'n8n', neededGib: 4, ...following };
	await installFolder(directory, folder, async (partial) => {
		await writeFile(join(partial, 'package.json'), manifest.packageJson);
		if (manifest.lock !== undefined) {
			await writeFile(join(partial, 'package-lock.json'), manifest.lock);
		}
		await installPackages(partial, `n8n ${manifest.n8n}`, following);
		await buildDatabaseDriver(partial, manifest, following);
	});
	return installedIn(directory, manifest);
}

function installedIn(directory: string, manifest: HostManifest): InstalledN8n {
	return {
		node: join(nodeFolder(directory, manifest), process.platform === 'win32' ? 'node.exe' : 'node'),
		n8nBin: join(directory, 'node_modules', 'n8n', 'bin', 'n8n'),
		directory,
		version: manifest.n8n,
	};
}

const nodeFolder = (directory: string, { node }: HostManifest) =>
	join(directory, 'node_modules', node.package, 'bin');

/**
 * SQLite's driver is the only package that needs its script, which downloads a prebuilt binary or compiles
 * one with the headers of the Node that will load it.
 */
async function buildDatabaseDriver(
	directory: string,
	manifest: HostManifest,
	{ onProgress = () => undefined, signal }: Following,
): Promise<void> {
	onProgress({ phase: 'Building n8n’s database driver' });
	const bin = nodeFolder(directory, manifest);
	const pathName = Object.keys(process.env).find((name) => /^path$/i.test(name)) ?? 'PATH';
	const env = {
		[pathName]: `${bin}${delimiter}${process.env[pathName] ?? ''}`,
		npm_config_nodedir: dirname(bin),
	};
	await npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], directory, {
		env,
		signal,
	});
	const { node } = installedIn(directory, manifest);
	const check = await runProcess(node, ['-e', "require('sqlite3')"], { cwd: directory, signal });
	if (check.code !== 0) {
		throw new OperatorError(
			`n8n’s database driver does not load on this machine:\n\n${lastNpmLines(check.output)}`,
		);
	}
}
