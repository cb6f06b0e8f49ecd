// How npm is run here, and what its failures mean. Plain CommonJS on Node's own modules: the
// bootstrap needs it before anything is installed, the TypeScript beside it and the tests need it too.
const { existsSync, readFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const process = require('node:process');

function npmCommand() {
	const beside = dirname(process.execPath);
	const candidates = [
		process.env.npm_execpath ?? '',
		join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	];
	const cli = candidates.find((path) => basename(path) === 'npm-cli.js' && existsSync(path));
	if (cli !== undefined) return { command: process.execPath, args: [cli], shell: false };
	const windows = process.platform === 'win32';
	return { command: windows ? 'npm.cmd' : 'npm', args: [], shell: windows };
}

/** Most specific first: a full disk also makes requests fail, a missing network also makes a build fail. */
const CAUSES = [
	[
		/ENOSPC|no space left on device/i,
		'The disk is full. Free some space and run the command again; what was downloaded is kept.',
	],
	[
		/EACCES|EPERM|permission denied/i,
		'npm may not write to its folders. Check who owns this folder and npm’s cache folder, then run the command again.',
	],
	[
		/EINTEGRITY/,
		'A downloaded package is damaged. Run "npm cache clean --force", then the command again.',
	],
	[
		/gyp ERR! find Python|not found: (make|python\d?)|(make|g\+\+|c\+\+|cc|gcc|clang): (command )?not found|spawn (make|cc|g\+\+) ENOENT|find VS|No acceptable C compiler|no developer tools were found/i,
		'n8n’s database driver (sqlite3) has to be compiled on this machine, and no compiler was found. Install Python 3, make and a C++ compiler (Debian and Ubuntu: apt-get install python3 build-essential; macOS: xcode-select --install; Windows: Visual Studio Build Tools with C++), then run the command again.',
	],
	[/gyp ERR!/, 'n8n’s database driver (sqlite3) could not be compiled on this machine.'],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|network (request|connectivity|timeout)/i,
		'npm could not reach its package registry. Check the network connection and the proxy that npm is set to use ("npm config get proxy"), then run the command again; what was downloaded is kept.',
	],
	[
		/E404|ETARGET/,
		'The package registry does not have a version that this project names. Check which registry npm is set to use ("npm config get registry").',
	],
];

function explainNpmFailure(output) {
	const cause = CAUSES.find(([pattern]) => pattern.test(output));
	return cause === undefined ? 'npm failed for a reason of its own.' : cause[1];
}

/** npm's notes on requests and on settings are no help when it failed. */
function lastNpmLines(output, count = 12) {
	return output
		.split('\n')
		.filter((line) => line.trim() !== '' && !/^npm (http|warn)\b/.test(line))
		.slice(-count)
		.join('\n');
}

const names = (list, value) => list === undefined || [list].flat().includes(value);

function packagesOfLock(path) {
	let packages;
	try {
		packages = JSON.parse(readFileSync(path, 'utf8')).packages;
	} catch {
		return new Map();
	}
	return new Map(
		Object.entries(packages)
			.filter(([folder, { os, cpu, libc, optional }]) => {
				const isNamed = os !== undefined || cpu !== undefined;
				const fits = names(os, process.platform) && names(cpu, process.arch);
				return folder !== '' && fits && libc === undefined && (isNamed || optional !== true);
			})
			.map(([folder, { version, integrity }]) => [folder, integrity ?? version]),
	);
}

/** npm first asks for the versions of each name, then fetches each package, from its cache or not. */
function npmStep(line) {
	if (/^npm http .*\.tgz\b/.test(line)) return 'package';
	return /^npm http fetch GET 200 /.test(line) ? 'lookup' : undefined;
}

/** Asks for one small package that this project uses, once and not from the cache. */
const REACH_REGISTRY = [
	...['view', 'flatted', 'version', '--prefer-online'],
	...['--fetch-retries=0', '--fetch-timeout=15000'],
];

module.exports = {
	REACH_REGISTRY,
	npmCommand,
	explainNpmFailure,
	lastNpmLines,
	packagesOfLock,
	npmStep,
};
