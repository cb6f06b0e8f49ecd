// node host/bootstrap.mjs <script.mts> [arguments]
//
// Runs a script of this project from a fresh clone: lets npm install the development packages when they are missing or
// not those of package-lock.json, then hands over. npm does not do that before a script: its `pre` scripts are off here
// (ignore-scripts in .npmrc), and an `npm install` each time would take seconds. Only Node's own modules: it runs before
// any package exists.
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

/** The one child that runs at a time; signals go on to it. */
let child;
let stoppedBy;
function stop(signal) {
	stoppedBy = signal;
	child?.kill(signal);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));

// Between npm and this process may be a shell, which a SIGTERM to npm ends without passing it on.
const parent = process.ppid;
const parentWatch = setInterval(() => {
	if (process.ppid === parent) return;
	clearInterval(parentWatch);
	stop('SIGTERM');
}, 500);
parentWatch.unref();

if (!isInstalled()) {
	console.log('Installing the development packages; this takes a minute or two, once …');
	// An installation goes on trying for minutes where the registry cannot be reached; one look-up fails within seconds.
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

/** npm writes node_modules/.package-lock.json last of all, so that an install that was cut short is noticed. */
function isInstalled() {
	const present = packagesOf(join('node_modules', '.package-lock.json'));
	return Object.entries(packagesOf('package-lock.json')).every(
		([folder, { version, integrity, optional }]) =>
			folder === '' ||
			// Of another platform, or left out with the one package that needs it.
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
		'The development packages could not be installed; npm says above why. Run the command again when that is fixed: what was downloaded is kept.',
	);
	process.exit(1);
}

/** Runs a program to its end. Answers its exit code, or 128 + the number of the signal that ended it. */
async function run(command, args, options = {}) {
	child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
	const [code, signal] = await once(child, 'close');
	return code ?? 128 + constants.signals[signal];
}
