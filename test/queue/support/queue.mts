import axios from 'axios';

import { createSandboxCredential } from '../../../host/credentials.mts';
import { installN8n, type InstalledN8n } from '../../../host/install.mts';
import { N8nClient, type CredentialReference, type Owner } from '../../../host/n8nClient.mts';
import { buildPackage } from '../../../host/package.mts';
import { startDatabases } from '../../../host/queue/databases.mts';
import { findDatabasePrograms } from '../../../host/queue/programs.mts';
import {
	startQueueMode,
	type ProcessName,
	type WorkerName,
} from '../../../host/queue/queueMode.mts';
import type { SandboxAddresses } from '../../../host/sandbox.mts';
import { describeFailure, OperatorError } from '../../../host/support/errors.mts';
import { startServer, withBody } from '../../../host/support/localServer.mts';
import type { SharedByFiles } from '../../support/n8n.mts';
import { record } from '../../support/records.mts';

/** What test files may do with the processes and the database of an n8n in queue mode. */
interface Control {
	/** Kills a process with its task runners, as a power cut would. */
	kill: (name: ProcessName) => Promise<void>;
	/**
	 * Starts a process unless it is running, and waits until it is ready.
	 * @param env its further environment variables, instead of the former ones: at first the durable scheduler of the main one
	 */
	start: (name: ProcessName, env?: Record<string, string>) => Promise<void>;
	/** The lines that a process has printed since it started, at most the last 2000. */
	output: (name: ProcessName) => Promise<string>;
	/** Carries out SQL in n8n's database. @returns the rows as psql prints them: `|` between columns, one line each */
	sql: (statement: string) => Promise<string>;
}

/** An n8n in queue mode: a main process, two workers, PostgreSQL and Redis. */
export interface Queue extends Control {
	/** The editor's address. */
	url: string;
	/** Where a process answers: the main one to all requests, a worker to its health check. */
	urlOf: Record<ProcessName, string>;
	/** Signed in as the owner, also after the main process has started again. */
	client: N8nClient;
	/** The IDs of the executions that a worker has completed since it started, among the last of some hundreds. */
	finishedBy(worker: WorkerName): Promise<string[]>;
	/** Saves a *ChargeEye API* credential for a sandbox. */
	credentialFor(sandbox: SandboxAddresses): Promise<CredentialReference>;
}

interface StartedQueue {
	url: string;
	urlOf: Record<ProcessName, string>;
	owner: Owner;
	control: Control;
	stop: () => Promise<void>;
}

async function startQueue(installed: InstalledN8n, signal?: AbortSignal): Promise<StartedQueue> {
	const programs = await findDatabasePrograms((line) => console.log(line), signal);
	const databases = await startDatabases(programs, signal);
	try {
		const n8n = await startQueueMode(installed, {
			databases,
			log: (name, line) => record('log', `n8n ${name}`, line),
			signal,
		});
		const control: Control = {
			kill: n8n.kill,
			start: n8n.start,
			output: (name) => Promise.resolve(n8n.output(name)),
			sql: databases.sql,
		};
		const stop = async () => {
			await n8n.stop();
			await databases.stop();
		};
		return { url: n8n.url, urlOf: n8n.urlOf, owner: n8n.owner, control, stop };
	} catch (error) {
		await databases.stop();
		throw error;
	}
}

/** The environment variable with which a test run gives its n8n to the test files. */
const SHARED_QUEUE = 'CHARGER_OPERATIONS_TEST_QUEUE';

type SharedQueue = Pick<StartedQueue, 'url' | 'urlOf' | 'owner'> & {
	/** Where the process that started n8n lets others control it. */
	controlUrl: string;
};

interface Call {
	name: keyof Control;
	args: unknown[];
}

/** Starts an n8n in queue mode for all test files: they run in another process, and control it by requests. */
export async function shareQueue(
	installed: InstalledN8n,
	signal: AbortSignal,
): Promise<SharedByFiles> {
	const { url, urlOf, owner, control, stop } = await startQueue(installed, signal);
	const server = await startServer(
		withBody((_, response, body) => {
			const { name, args } = JSON.parse(body) as Call;
			const call = control[name] as (...args: unknown[]) => Promise<unknown>;
			void call(...args).then(
				(result) => response.end(JSON.stringify({ result })),
				(error: unknown) =>
					response.writeHead(500).end(JSON.stringify({ failure: describeFailure(error) })),
			);
		}),
	);
	const client = new N8nClient(url);
	await client.signIn(owner);
	const shared: SharedQueue = { url, urlOf, owner, controlUrl: server.url };
	return {
		env: { [SHARED_QUEUE]: JSON.stringify(shared) },
		client,
		async stop() {
			await server.close();
			await stop();
		},
	};
}

function controlAt(url: string): Control {
	const http = axios.create({ baseURL: url, proxy: false, validateStatus: null });
	const call =
		(name: keyof Control) =>
		async (...args: unknown[]) => {
			const sent: Call = { name, args };
			const { status, data } = await http.post<{ result: never; failure?: string }>('/', sent);
			if (status === 200) return data.result;
			throw new OperatorError(data.failure);
		};
	return {
		kill: call('kill'),
		start: call('start'),
		output: call('output'),
		sql: call('sql'),
	};
}

/** The n8n that the test run shares; if there is none, installs, builds and starts one. */
async function connect(): Promise<Omit<StartedQueue, 'stop'> & { stop?: () => Promise<void> }> {
	const shared = process.env[SHARED_QUEUE];
	if (shared !== undefined) {
		const { controlUrl, ...others } = JSON.parse(shared) as SharedQueue;
		return { ...others, control: controlAt(controlUrl) };
	}
	const installed = await installN8n();
	await buildPackage();
	return await startQueue(installed);
}

/** An n8n in queue mode for the tests of a file; every process runs when a test begins. */
export function useQueue(): Queue {
	// The properties are added before the first test.
	const queue = {} as Queue;
	let stop: (() => Promise<void>) | undefined;
	beforeAll(async () => {
		const { url, urlOf, owner, control, stop: own } = await connect();
		stop = own;
		await startAll(control);
		const client = new N8nClient(url);
		await client.signIn(owner);
		const credentialFor = (sandbox: SandboxAddresses) => createSandboxCredential(client, sandbox);
		const finishedBy = async (worker: WorkerName) => {
			const lines = await control.output(worker);
			return [...lines.matchAll(/Worker finished execution (\d+)/g)].map(([, id]) => id);
		};
		Object.assign(queue, { url, urlOf, client, credentialFor, finishedBy, ...control });
	}, 900_000);
	beforeEach(() => startAll(queue), 300_000);
	afterAll(async () => await stop?.());
	return queue;
}

async function startAll({ start }: Control): Promise<void> {
	await start('main');
	await Promise.all([start('worker1'), start('worker2')]);
}
