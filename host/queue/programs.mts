import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { OperatorError } from '../support/errors.mts';
import { runProcess } from '../support/processes.mts';

/** The paths of the programs of the databases that n8n's queue mode needs. */
export interface DatabasePrograms {
	/** PostgreSQL's server, the program that creates its data folder, and its client. */
	postgres: string;
	initdb: string;
	psql: string;
	/** The server of Redis or Valkey. */
	redis: string;
}

interface Needed {
	name: string;
	/** Debian's package. */
	debianPackage: string;
	/** The programs that are needed; any one of each list. */
	programs: string[][];
}

const POSTGRESQL: Needed = {
	name: 'PostgreSQL',
	debianPackage: 'postgresql',
	programs: [['postgres'], ['initdb'], ['psql']],
};
const REDIS: Needed = {
	name: 'Redis',
	debianPackage: 'redis-server',
	programs: [['redis-server', 'valkey-server']],
};

/** Where Debian has PostgreSQL's server: not on the path. */
const DEBIAN_POSTGRESQL = '/usr/lib/postgresql';

const isRoot = () => process.getuid?.() === 0;

/**
 * Finds PostgreSQL and Redis on this machine. What is missing is installed from Debian's packages, if this process is root and
 * apt-get is there.
 *
 * @param log gets a line about what is installed
 * @throws OperatorError that says what to install
 */
export async function findDatabasePrograms(
	log: (line: string) => void,
	signal?: AbortSignal,
): Promise<DatabasePrograms> {
	const [postgres, initdb, psql] = await findOrInstall(POSTGRESQL, log, signal);
	const [redis] = await findOrInstall(REDIS, log, signal);
	return { postgres, initdb, psql, redis };
}

async function findOrInstall(
	needed: Needed,
	log: (line: string) => void,
	signal?: AbortSignal,
): Promise<string[]> {
	const found = await find(needed);
	if (found !== undefined) return found;
	const { name, debianPackage } = needed;
	const command = `apt-get install ${debianPackage}`;
	const missing = `The tests in queue mode need ${name}, which is not on this machine`;
	const mayInstall = isRoot() && existsSync('/usr/bin/apt-get');
	if (!mayInstall) {
		throw new OperatorError(
			`${missing}. Install it (Debian and Ubuntu: ${command}), then run the command again.`,
		);
	}
	log(`Installing ${name} from Debian’s packages (${command}), without starting its service …`);
	const output = await aptGet(['update'], signal).then(() =>
		aptGet(['install', '--yes', '--no-install-recommends', debianPackage], signal),
	);
	const installed = await find(needed);
	if (installed !== undefined) return installed;
	const last = output.split('\n').slice(-8).join('\n');
	throw new OperatorError(`${missing}, and "${command}" did not install it:\n\n${last}`);
}

/** Runs apt-get to its end. @returns its output, whether or not it succeeded */
async function aptGet(args: string[], signal?: AbortSignal): Promise<string> {
	const { output } = await runProcess('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
		// In this run level Debian starts no service after an installation.
		env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
		signal,
	});
	return output;
}

/** The paths of the programs; undefined unless all are there. */
async function find({ programs }: Needed): Promise<string[] | undefined> {
	const versions = await readdir(DEBIAN_POSTGRESQL).catch(() => []);
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	const folders = [
		...newestFirst.map((version) => join(DEBIAN_POSTGRESQL, version, 'bin')),
		...(process.env.PATH ?? '').split(delimiter),
	];
	const found = programs.map((names) =>
		folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync),
	);
	return found.every((path) => path !== undefined) ? found : undefined;
}
