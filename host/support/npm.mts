import { readFileSync } from 'node:fs';

/** Most specific first: a full disk also makes requests fail, and a missing network also makes a build fail. */
const CAUSES: ReadonlyArray<[pattern: RegExp, sentence: string]> = [
	[
		/ENOSPC|no space left on device/i,
		'The disk is full. Free some space and run the command again; what was downloaded is kept.',
	],
	[
		/EACCES|EPERM|permission denied/i,
		'npm is not allowed to write to its folders. Check who owns this folder and npm’s cache folder, then run the command again.',
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
		'The package registry does not have a version that this project needs. Check which registry npm is set to use ("npm config get registry").',
	],
];

/** One sentence for an operator, from npm's output: why npm failed, and what to do. */
export function explainNpmFailure(output: string): string {
	const cause = CAUSES.find(([pattern]) => pattern.test(output));
	return cause === undefined ? 'npm failed for an unknown reason.' : cause[1];
}

/** npm's last lines, without its notes on requests and settings, which do not explain a failure. */
export function lastNpmLines(output: string, count = 12): string {
	return output
		.split('\n')
		.filter((line) => line.trim() !== '' && !/^npm (http|warn)\b/.test(line))
		.slice(-count)
		.join('\n');
}

/**
 * Reads a line of `npm --loglevel http`. npm first looks up the versions of each name, then gets each package, from its
 * cache or from the registry.
 */
export function npmStep(line: string): 'lookup' | 'package' | undefined {
	if (/^npm http .*\.tgz\b/.test(line)) return 'package';
	return /^npm http fetch GET 200 /.test(line) ? 'lookup' : undefined;
}

interface LockedPackage {
	os?: string | string[];
	cpu?: string | string[];
	libc?: string | string[];
	optional?: boolean;
}

/**
 * The folders of the packages that a package-lock.json names for this platform. Builds for one C library are left out:
 * npm installs one of them and the lock does not say which. Packages that are optional on every platform are left out too:
 * npm may skip them together with the package that needs them.
 */
export function packagesOfLock(path: string): string[] {
	const { packages } = JSON.parse(readFileSync(path, 'utf8')) as {
		packages: Record<string, LockedPackage>;
	};
	const includes = (list: string | string[] | undefined, value: string) =>
		list === undefined || [list].flat().includes(value);
	return Object.entries(packages)
		.filter(([folder, { os, cpu, libc, optional }]) => {
			const isNamed = os !== undefined || cpu !== undefined;
			const fits = includes(os, process.platform) && includes(cpu, process.arch);
			return folder !== '' && fits && libc === undefined && (isNamed || optional !== true);
		})
		.map(([folder]) => folder);
}

/**
 * Arguments with which npm fails within seconds if its registry cannot be reached, while an installation would try for
 * many minutes. They look up one small package that this project uses, once and not from the cache.
 */
export const REACH_REGISTRY = [
	...['view', 'flatted', 'version', '--prefer-online'],
	...['--fetch-retries=0', '--fetch-timeout=15000'],
];
