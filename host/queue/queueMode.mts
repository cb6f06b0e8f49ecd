import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstalledN8n } from '../install.mts';
import { startN8n, startN8nProcess } from '../n8n.mts';
import type { Owner } from '../n8nClient.mts';
import { installPackage } from '../package.mts';
import { SCHEDULERS } from '../schedulers.mts';
import { freePort } from '../support/ports.mts';
import type { RunningProcess } from '../support/processes.mts';
import type { Databases } from './databases.mts';

export const WORKERS = ['worker1', 'worker2'] as const;
const PROCESSES = ['main', ...WORKERS] as const;

export type WorkerName = (typeof WORKERS)[number];
/** A process of n8n in queue mode. */
export type ProcessName = (typeof PROCESSES)[number];

/** n8n in queue mode: one main process and two workers, each with this package in a folder of its own. */
export interface QueueModeN8n {
	/** The editor's address, which stays the same when the main process starts again. */
	url: string;
	owner: Owner;
	/** Where a process answers: the main one to all requests, a worker to its health check. */
	urlOf: Record<ProcessName, string>;
	/** Kills a process with its task runners, as a power cut would. */
	kill: (name: ProcessName) => Promise<void>;
	/**
	 * Starts a process unless it is running, and waits until it is ready.
	 * @param env its further environment variables, instead of the former ones: at first the durable scheduler of the main one
	 */
	start: (name: ProcessName, env?: Record<string, string>) => Promise<void>;
	/** The lines that a process has printed since it started, at most the last 2000. */
	output: (name: ProcessName) => string;
	stop: () => Promise<void>;
}

export interface QueueModeOptions {
	databases: Databases;
	/** Further environment variables of every process. */
	env?: Record<string, string>;
	/** Every line that a process prints. */
	log?: (name: ProcessName, line: string) => void;
	projectRoot?: string;
	signal?: AbortSignal;
}

/**
 * A worker keeps the lock of a job for so long, and a job without a lock is stalled: shorter than n8n's own 60 s, 10 s and 30 s,
 * so that a killed worker is noticed soon; longer than a worker is ever silent.
 */
const STALLED = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '4000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

/**
 * Starts n8n in queue mode with this package (which must have been built), and sets up its owner.
 * Its user folders are temporary and are deleted when it stops.
 *
 * @throws OperatorError if a process does not get ready (with its last output)
 */
export async function startQueueMode(
	host: InstalledN8n,
	options: QueueModeOptions,
): Promise<QueueModeN8n> {
	const { databases, env, log, signal } = options;
	const folder = await mkdtemp(join(tmpdir(), 'charger-operations-queue-'));
	const ports = Object.fromEntries(
		await Promise.all(PROCESSES.map(async (name) => [name, await freePort()] as const)),
	) as Record<ProcessName, number>;
	const running = new Map<ProcessName, Pick<RunningProcess, 'output' | 'kill' | 'stop'>>();
	const envOf: Record<ProcessName, Record<string, string>> = {
		main: SCHEDULERS.durable,
		worker1: {},
		worker2: {},
	};
	const password = `N8n-${randomBytes(9).toString('base64url')}`;
	const common = {
		...databases.env,
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		N8N_DEFAULT_BINARY_DATA_MODE: 'database',
		// Every process must have the same.
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64url'),
		...STALLED,
		...env,
	};
	const optionsOf = (name: ProcessName) => ({
		port: ports[name],
		userFolder: join(folder, name),
		log: (line: string) => log?.(name, line),
		signal,
	});

	async function startMain(): Promise<Owner> {
		const n8n = await startN8n(host, {
			...optionsOf('main'),
			env: { ...common, ...envOf.main },
			password,
		});
		running.set('main', n8n);
		return n8n.owner;
	}

	async function startWorker(name: WorkerName): Promise<void> {
		const health = {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(ports[name]),
			// By default a worker can be reached from other machines.
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		};
		const { child } = await startN8nProcess(
			host,
			['worker', '--concurrency=5'],
			{ ...optionsOf(name), env: { ...common, ...health, ...envOf[name] } },
			['/healthz/readiness'],
		);
		running.set(name, child);
	}

	async function stop(): Promise<void> {
		await Promise.all([...running.values()].map((child) => child.stop()));
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	}

	try {
		await installPackage(join(folder, 'main'), options.projectRoot, signal);
		for (const name of WORKERS) {
			await cp(join(folder, 'main'), join(folder, name), { recursive: true });
		}
		// The main process creates the tables.
		const owner = await startMain();
		await Promise.all(WORKERS.map(startWorker));
		const urls = PROCESSES.map((name) => [name, `http://127.0.0.1:${ports[name]}`]);
		const urlOf = Object.fromEntries(urls) as Record<ProcessName, string>;
		return {
			url: urlOf.main,
			owner,
			urlOf,
			async kill(name) {
				await running.get(name)?.kill();
				running.delete(name);
			},
			async start(name, own = envOf[name]) {
				if (running.has(name)) return;
				envOf[name] = own;
				await (name === 'main' ? startMain() : startWorker(name));
			},
			output: (name) => running.get(name)?.output() ?? '',
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
