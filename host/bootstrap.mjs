// node host/bootstrap.mjs <script.mts> [arguments]
//
// Runs a script of this project from a fresh clone: lets npm install the development packages if they are missing or
// not those of package-lock.json, then runs the script. npm itself does not install before a script: `pre` scripts are off
// here (ignore-scripts in .npmrc), and an `npm install` each time would take seconds. This file imports only Node's own
// modules, because it runs before any package is installed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const LEAST_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
	console.error(
		`This project needs Node ${LEAST_NODE} or newer, and this is Node ${process.versions.node}. Install a newer one from https://nodejs.org and run the command again.`,
	);
	process.exit(1);
}

/** The child process that is running, at most one; signals are passed on to it. */
let child;
let stoppedBy;
function stop(signal) {
	stoppedBy = signal;
	child?.kill(signal);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));

// A SIGTERM to npm may end a shell between npm and this process without reaching this process.
const parent = process.ppid;
const parentWatch = setInterval(() => {
	if (process.ppid === parent) return;
	clearInterval(parentWatch);
	stop('SIGTERM');
}, 500);
parentWatch.unref();

if (!isInstalled()) {
	console.log(
		'Installing the development packages; this takes a minute or two, the first time only …',
	);
	// If the registry cannot be reached, an installation tries for minutes, while a look-up fails within seconds.
	await npm(
		'view',
		'flatted',
		'version',
		'--prefer-online',
		'--fetch-retries=0',
		'--fetch-timeout=15000',
	);
	await npm('ci', '--loglevel=error');
}
const [script, ...args] = process.argv.slice(2);
process.exit(await run(process.execPath, ['--import', 'tsx', join(root, script), ...args]));

/** npm writes node_modules/.package-lock.json at the very end, so an interrupted installation is noticed. */
function isInstalled() {
	const present = packagesOf(join('node_modules', '.package-lock.json'));
	return Object.entries(packagesOf('package-lock.json')).every(
		([folder, { version, integrity, optional }]) =>
			folder === '' ||
			// The package is for another platform, or npm left it out together with the package that needs it.
			optional === true ||
			(present[folder]?.integrity ?? present[folder]?.version) === (integrity ?? version),
	);
}

function packagesOf(lock) {
	try {
		return JSON.parse(readFileSync(join(root, lock), 'utf8')).packages;
	} catch {
		return {};
	}
}

/** Runs npm, and ends this process when npm fails; npm itself says why. */
async function npm(...args) {
	const code = await run('npm', args, {
		shell: process.platform === 'win32',
		stdio: ['ignore', args[0] === 'view' ? 'ignore' : 'inherit', 'inherit'],
	});
	if (stoppedBy !== undefined) process.exit(128 + constants.signals[stoppedBy]);
	if (code === 0) return;
	console.error(
		'The development packages could not be installed; npm says above why. Fix that and run the command again: what was downloaded is kept.',
	);
	process.exit(1);
}

/** Runs a program to its end. Returns its exit code, or 128 + the number of the signal that ended it. */
async function run(command, args, options = {}) {
	child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
	const [code, signal] = await once(child, 'close');
	return code ?? 128 + constants.signals[signal];
}
