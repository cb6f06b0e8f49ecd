import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from './errors.mts';
import type { Following } from './installFolder.mts';
import {
	explainNpmFailure,
	lastNpmLines,
	npmStep,
	packagesOfLock,
	REACH_REGISTRY,
} from './npm.mts';
import { runProcess, type ProcessOptions } from './processes.mts';

/**
 * Installs the packages of a folder's package.json, and of its lock if it has one, without running their scripts: one of
 * n8n's would try to download a driver that n8n never uses.
 *
 * @param what the packages' name for the progress, e.g. "n8n 2.41.1"
 * @throws OperatorError that says what to do if npm fails
 */
export async function installPackages(
	directory: string,
	what: string,
	{ onProgress = () => undefined, signal }: Following,
): Promise<void> {
	await npm(REACH_REGISTRY, directory, { signal });
	const lock = join(directory, 'package-lock.json');
	const packages = existsSync(lock) ? packagesOfLock(lock) : undefined;
	const names = packages && new Set(packages.map((folder) => folder.split('node_modules/').at(-1)));
	const steps = {
		lookup: { phase: `Looking up the packages of ${what}`, total: names?.size, done: 0 },
		package: { phase: `Installing ${what}`, total: packages?.length, done: 0 },
	};
	const show = ({ phase, done, total }: (typeof steps)['lookup']) =>
		onProgress({
			phase,
			...(total !== undefined && { count: { done, total, unit: 'packages' } }),
		});
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
				step.done = Math.min(step.done + 1, step.total ?? Infinity);
				if (name === 'package' || steps.package.done === 0) show(step);
			},
			signal,
		},
	);
}

/** Runs npm in a folder. @throws OperatorError that says why it failed, and where its whole output is */
export async function npm(args: string[], cwd: string, options: ProcessOptions): Promise<string> {
	const quiet = ['--loglevel=http', '--no-progress', '--no-audit', '--no-fund'];
	const end = await runProcess('npm', [...args, ...quiet], { ...options, cwd });
	if (end.code === 0) return end.output;
	const log = join(dirname(cwd), 'last-failure.log');
	await writeFile(log, end.output);
	throw new OperatorError(
		`${explainNpmFailure(end.output)}\n\n${lastNpmLines(end.output)}\n\nnpm’s whole output is in ${log}.`,
	);
}
