import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '../support/errors.mts';
import { freePort } from '../support/ports.mts';
import { runProcess, startProcess, type RunningProcess } from '../support/processes.mts';
import { until } from '../support/until.mts';
import type { DatabasePrograms } from './programs.mts';

/** A PostgreSQL and a Redis of their own, on free ports of this machine, with their data in temporary folders. */
export interface Databases {
	/** The environment variables with which n8n uses them. */
	env: Record<string, string>;
	/** Carries out SQL in n8n's database. @returns the rows as psql prints them: `|` between columns, one line each */
	sql: (statement: string) => Promise<string>;
	/** Stops both and deletes their data. */
	stop: () => Promise<void>;
}

const USER = 'n8n';
const DATABASE = 'postgres';
const READY_SECONDS = 60;

/** PostgreSQL refuses to run as root: then it runs as the user that its Debian package creates. */
const POSTGRES_USER = 'postgres';
const isRoot = () => process.getuid?.() === 0;
const unprivileged = (command: string[]) =>
	isRoot() ? ['runuser', '-u', POSTGRES_USER, '--', ...command] : command;

/**
 * Starts PostgreSQL and Redis, and waits until both answer.
 *
 * @throws OperatorError with the last output of the one that does not start
 */
export async function startDatabases(
	programs: DatabasePrograms,
	signal?: AbortSignal,
): Promise<Databases> {
	const folder = await mkdtemp(join(tmpdir(), 'charger-operations-databases-'));
	const started: RunningProcess[] = [];
	const stop = async () => {
		await Promise.all(started.map((server) => server.stop()));
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const postgres = await startPostgres(programs, folder, signal);
		started.push(postgres.server);
		const redis = await startRedis(programs, folder, signal);
		started.push(redis.server);
		return {
			env: {
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_HOST: '127.0.0.1',
				DB_POSTGRESDB_PORT: String(postgres.port),
				DB_POSTGRESDB_DATABASE: DATABASE,
				DB_POSTGRESDB_USER: USER,
				QUEUE_BULL_REDIS_HOST: '127.0.0.1',
				QUEUE_BULL_REDIS_PORT: String(redis.port),
			},
			sql: (statement) => query(programs, postgres.port, statement),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

interface Server {
	server: RunningProcess;
	port: number;
}

async function startPostgres(
	programs: DatabasePrograms,
	folder: string,
	signal?: AbortSignal,
): Promise<Server> {
	const data = join(folder, 'postgresql');
	if (isRoot()) {
		// The user must be able to enter the folder above, too.
		await run(['chmod', '755', folder], signal);
		await run(['install', '-d', '-m', '700', '-o', POSTGRES_USER, data], signal);
	}
	const initdb = [programs.initdb, '-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8'];
	await run(unprivileged([...initdb, '--locale=C', '--no-sync']), signal);
	const port = await freePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: '',
		max_connections: 200,
		// The data need not outlive a power cut: faster on slow disks.
		fsync: 'off',
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const server = await start(unprivileged([programs.postgres, '-D', data, ...options]), signal);
	await untilAnswers('PostgreSQL', server, () => query(programs, port, 'select 1'), signal);
	return { server, port };
}

async function startRedis(
	programs: DatabasePrograms,
	folder: string,
	signal?: AbortSignal,
): Promise<Server> {
	const port = await freePort();
	const options = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
	const server = await start([programs.redis, '--port', String(port), ...options], signal);
	const isReady = () =>
		server.output().includes('Ready to accept connections')
			? Promise.resolve()
			: Promise.reject(new Error());
	await untilAnswers('Redis', server, isReady, signal);
	return { server, port };
}

const start = ([command, ...args]: string[], signal?: AbortSignal) =>
	startProcess(command, args, { cwd: tmpdir(), signal });

async function untilAnswers(
	name: string,
	server: RunningProcess,
	question: () => Promise<unknown>,
	signal?: AbortSignal,
): Promise<void> {
	const answers = async () => {
		if (server.running())
			return question()
				.then(() => true)
				.catch(() => undefined);
		const last = server.output().split('\n').slice(-10).join('\n');
		throw new OperatorError(`${name} did not start:\n\n${last}`);
	};
	await until(`${name} to answer`, READY_SECONDS, answers, signal);
}

async function query({ psql }: DatabasePrograms, port: number, statement: string): Promise<string> {
	const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', DATABASE];
	const plain = ['--no-psqlrc', '--tuples-only', '--no-align', '--quiet'];
	const stopAtError = ['-v', 'ON_ERROR_STOP=1'];
	return await run([psql, ...connection, ...plain, ...stopAtError, '-c', statement]);
}

/** Runs a program to its end. @throws OperatorError with its output if it fails */
async function run([command, ...args]: string[], signal?: AbortSignal): Promise<string> {
	const { code, output } = await runProcess(command, args, { cwd: tmpdir(), signal });
	if (code === 0) return output;
	throw new OperatorError(`"${command} ${args.join(' ')}" failed:\n\n${output}`);
}
