// node host/bootstrap.mjs <script.mts> [arguments]
//
// Runs a script of this project from a fresh clone: installs the development packages when they are
// missing or not those of package-lock.json, then hands over. Only Node's own modules: it runs
// before any package exists.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const LEAST_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
	fail(
		`This project needs Node ${LEAST_NODE} or newer, and this is Node ${process.versions.node}. Install a newer one from https://nodejs.org and run the command again.`,
	);
}

/** The one child that runs at a time; signals go on to it. */
let child;
let stoppedBy;
function stop(signal) {
	stoppedBy = signal;
	child?.kill(signal);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));

// Between npm and this process is a shell, which a SIGTERM to npm ends without passing it on.
const parent = process.ppid;
const parentWatch = setInterval(() => {
	if (process.ppid === parent) return;
	clearInterval(parentWatch);
	stop('SIGTERM');
}, 500);
parentWatch.unref();

await installPackages();
exitIfStopped();
const [script, ...args] = process.argv.slice(2);
child = spawn(process.execPath, ['--import', 'tsx', join(root, script), ...args], {
	cwd: root,
	stdio: 'inherit',
});
exitWith(await ended(child));

async function installPackages() {
	// A Node under LEAST_NODE must reach the sentence above, so nothing else is loaded before it.
	const support = (await import('./support/npm.cjs')).default;
	const wanted = support.packagesOfLock(join(root, 'package-lock.json'));
	// npm writes this file last of all, so that an install that was cut short is noticed.
	const present = support.packagesOfLock(join(root, 'node_modules', '.package-lock.json'));
	if ([...wanted].every(([path, integrity]) => present.get(path) === integrity)) return;

	console.log('Installing the development packages; this is done once …');
	let arrived = 0;
	const stopShowing = showProgress(
		() => `${Math.min(arrived, wanted.size)} of ${wanted.size} packages`,
	);
	const install = ['ci', '--loglevel=http', '--no-progress'];
	for (const args of [support.REACH_REGISTRY, install]) {
		const { end, output } = await runNpm(args, (line) => {
			if (support.npmStep(line) === 'package') arrived += 1;
		});
		if (end.code === 0) continue;
		stopShowing();
		exitIfStopped();
		fail(`${support.explainNpmFailure(output)}\n\n${support.lastNpmLines(output)}`);
	}
	stopShowing();

	async function runNpm(args, onLine) {
		const npm = support.npmCommand();
		child = spawn(npm.command, [...npm.args, ...args], {
			cwd: root,
			shell: npm.shell,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on('line', (line) => {
				output += `${line}\n`;
				onLine(line);
			});
		}
		return { end: await ended(child), output };
	}
}

/** One line that is rewritten on a terminal; elsewhere a new line now and then. */
function showProgress(text) {
	const began = Date.now();
	const terminal = process.stdout.isTTY;
	const line = () => `  ${text()}, ${Math.round((Date.now() - began) / 1000)} s`;
	const timer = setInterval(
		() => process.stdout.write(terminal ? `\r${line()}` : `${line()}\n`),
		terminal ? 500 : 15_000,
	);
	return () => {
		clearInterval(timer);
		process.stdout.write(terminal ? `\r${line()}\n` : `${line()}\n`);
	};
}

function ended(process) {
	return new Promise((resolve, reject) => {
		process.once('error', reject);
		process.once('close', (code, signal) => resolve({ code, signal }));
	});
}

function exitIfStopped() {
	if (stoppedBy !== undefined) process.exit(128 + constants.signals[stoppedBy]);
}

/** Exit as the child did: its code, or 128 + the number of the signal that ended it. */
function exitWith({ code, signal }) {
	process.exit(code ?? 128 + constants.signals[signal]);
}

function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}
