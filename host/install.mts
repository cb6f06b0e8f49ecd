import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { cacheRoot, hostFolderName } from './cacheFolder.mts';
import { readHostManifest, type HostManifest } from './hostManifest.mts';
import { withFileLock } from './support/fileLock.mts';
import {
	explainNpmFailure,
	lastNpmLines,
	npmStep,
	packagesOfLock,
	REACH_REGISTRY,
} from './support/npm.mts';
import { OperatorError } from './support/errors.mts';
import { runProcess, type ProcessOptions } from './support/processes.mts';
import type { Progress } from './support/progress.mts';

/** An n8n that is ready to run, and the Node to run it with. */
export interface InstalledN8n {
	/** The Node 24 binary. */
	node: string;
	/** n8n's command-line script. */
	n8nBin: string;
	directory: string;
	version: string;
}

export interface InstallOptions {
	/** The folder of this project's package.json. */
	projectRoot?: string;
	onProgress?: (progress: Progress) => void;
	signal?: AbortSignal;
}

/** Disk space for n8n's packages and npm's cache of them. */
const NEEDED_GIB = 4;

/**
 * Installs n8n and its Node in the user's cache folder, unless they are already there.
 *
 * The installation happens in a folder next to the final one, and is renamed when it is complete.
 * A second process waits for the first.
 *
 * @throws OperatorError that says what to do if network, disk space or compiler is missing
 */
export async function installN8n(options: InstallOptions = {}): Promise<InstalledN8n> {
	const { projectRoot = process.cwd(), onProgress = () => undefined, signal } = options;
	const manifest = await readHostManifest(projectRoot);
	const directory = join(
		cacheRoot(),
		hostFolderName({
			n8n: manifest.n8n,
			node: manifest.node.version,
			platform: process.platform,
			arch: process.arch,
			lock: manifest.lock,
		}),
	);
	if (!existsSync(directory)) {
		await withFileLock(
			`${directory}.installing`,
			async () => {
				if (!existsSync(directory)) await installInto(directory, manifest, onProgress, signal);
			},
			{
				signal,
				onWait: () => onProgress({ phase: 'Waiting for another process that installs n8n' }),
			},
		);
	}
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

async function installInto(
	directory: string,
	manifest: HostManifest,
	onProgress: (progress: Progress) => void,
	signal?: AbortSignal,
): Promise<void> {
	const partial = `${directory}.partial`;
	await rm(partial, { recursive: true, force: true });
	await requireSpace(dirname(directory));
	await mkdir(partial, { recursive: true });
	try {
		for (const file of ['package.json', 'package-lock.json']) {
			await copyFile(join(manifest.folder, file), join(partial, file));
		}
		await downloadPackages(partial, manifest, onProgress, signal);
		await buildDatabaseDriver(partial, manifest, onProgress, signal);
		await rename(partial, directory);
	} catch (error) {
		onProgress({ phase: 'Removing the unfinished n8n' });
		await rm(partial, { recursive: true, force: true });
		throw error;
	}
}

async function requireSpace(folder: string): Promise<void> {
	const { bavail, bsize } = await statfs(folder);
	const free = (bavail * bsize) / 2 ** 30;
	if (free >= NEEDED_GIB) return;
	throw new OperatorError(
		`n8n needs about ${NEEDED_GIB} GB of disk space in ${folder}, and ${free.toFixed(1)} GB are available. Free some space, or set N8N_HOST_CACHE to a folder on another disk.`,
	);
}

/** Installs packages without running their scripts: one would try to download a driver that n8n never uses. */
async function downloadPackages(
	directory: string,
	manifest: HostManifest,
	onProgress: (progress: Progress) => void,
	signal?: AbortSignal,
): Promise<void> {
	await npm(REACH_REGISTRY, directory, { signal });
	const packages = packagesOfLock(join(directory, 'package-lock.json'));
	const names = new Set(packages.map((folder) => folder.split('node_modules/').at(-1)));
	const steps = {
		lookup: { phase: `Looking up the packages of n8n ${manifest.n8n}`, total: names.size, done: 0 },
		package: { phase: `Installing n8n ${manifest.n8n}`, total: packages.length, done: 0 },
	};
	const show = ({ phase, done, total }: (typeof steps)['lookup']) =>
		onProgress({ phase, count: { done, total, unit: 'packages' } });
	show(steps.lookup);
	// Not `npm ci`: it refuses n8n's packages because of optional peers that the lock rightly leaves out.
	await npm(
		['install', '--ignore-scripts', '--omit=dev', '--package-lock=true', '--engine-strict=false'],
		directory,
		{
			onLine: (line) => {
				const name = npmStep(line);
				if (name === undefined) return;
				const step = steps[name];
				step.done = Math.min(step.done + 1, step.total);
				if (name === 'package' || steps.package.done === 0) show(step);
			},
			signal,
		},
	);
}

/**
 * SQLite's driver is the only package that needs its script, which downloads a prebuilt binary or compiles
 * one with the headers of the Node that will load it.
 */
async function buildDatabaseDriver(
	directory: string,
	manifest: HostManifest,
	onProgress: (progress: Progress) => void,
	signal?: AbortSignal,
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

async function npm(args: string[], cwd: string, options: ProcessOptions): Promise<void> {
	const quiet = ['--loglevel=http', '--no-progress', '--no-audit', '--no-fund'];
	const end = await runProcess('npm', [...args, ...quiet], { ...options, cwd });
	if (end.code === 0) return;
	const log = join(dirname(cwd), 'last-failure.log');
	await writeFile(log, end.output);
	throw new OperatorError(
		`${explainNpmFailure(end.output)}\n\n${lastNpmLines(end.output)}\n\nnpm’s whole output is in ${log}.`,
	);
}
