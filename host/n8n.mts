import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axios from 'axios';
import type { InstalledN8n } from './install.mts';
import { N8nClient, type Owner } from './n8nClient.mts';
import { messageOf, OperatorError } from './support/errors.mts';
import { freePort, requireFreePort } from './support/ports.mts';
import { startProcess, type ProcessEnd, type RunningProcess } from './support/processes.mts';
import { until } from './support/until.mts';

export interface N8nOptions {
	/** The port on 127.0.0.1; 0 takes any free one. */
	port?: number;
	/** Where n8n keeps its `.n8n` folder: database, key, community packages. */
	userFolder: string;
	/** IANA time zone of workflows that name none, e.g. "Europe/Helsinki". */
	timezone?: string;
	/** Further environment variables; they replace those set here. */
	env?: Record<string, string>;
	/** The owner's password in a new user folder; random if absent. */
	password?: string;
	/** Every line that n8n prints. */
	log?: (line: string) => void;
	signal?: AbortSignal;
}

export interface RunningN8n {
	/** The editor's address, e.g. http://127.0.0.1:5678 */
	url: string;
	owner: Owner;
	/** Signed in as the owner. */
	client: N8nClient;
	/** Settles when n8n ends, whether or not it was stopped. */
	ended: Promise<ProcessEnd>;
	/** The last lines that n8n printed. */
	output: () => string;
	/** ID of n8n's main process. */
	pid: number;
	/** Ends n8n with its task runners. */
	stop: () => Promise<void>;
	/** Kills n8n and its task runners, as a power cut would. */
	kill: () => Promise<void>;
}

const READY_SECONDS = 180;

/** The only variables that n8n takes over from this environment: no n8n settings of the user, no proxy. */
const INHERITED =
	/^(PATH|HOME|USERPROFILE|SYSTEMROOT|TEMP|TMP|TMPDIR|LANG|LC_ALL|NODE_EXTRA_CA_CERTS)$/i;

/**
 * Starts n8n without telemetry, update checks and promotions, waits until it answers, and sets up or
 * signs in its owner.
 *
 * @throws OperatorError if the port is taken, or n8n ends or does not get ready (with its last output)
 */
export async function startN8n(host: InstalledN8n, options: N8nOptions): Promise<RunningN8n> {
	const paths = ['/healthz/readiness', '/rest/settings'];
	const { url, child } = await startN8nProcess(host, ['start'], options, paths);
	const owner: Owner = {
		email: 'owner@example.com',
		// n8n wants eight characters or more, a digit and a capital letter.
		password: options.password ?? `N8n-${randomBytes(9).toString('base64url')}`,
	};
	const client = new N8nClient(url);
	try {
		await client.signIn(owner);
	} catch (error) {
		throw await startFailure(child, error, options.signal);
	}
	return {
		url,
		owner,
		client,
		ended: child.ended,
		output: child.output,
		pid: child.pid,
		stop: child.stop,
		kill: child.kill,
	};
}

/** A running process of n8n: the main one, or a worker. */
export interface N8nProcess {
	/** Where it answers, e.g. http://127.0.0.1:5678 */
	url: string;
	child: RunningProcess;
}

/**
 * Starts a process of n8n, and waits until it answers.
 *
 * @param args n8n's command, e.g. `start`
 * @param paths what must answer with JSON
 * @throws OperatorError if the port is taken, or the process ends or does not get ready (with its last output)
 */
export async function startN8nProcess(
	host: InstalledN8n,
	args: readonly string[],
	options: N8nOptions,
	paths: readonly string[],
): Promise<N8nProcess> {
	const { port: wanted = 0, signal } = options;
	await requireFreePort(wanted, 'n8n', '--port');
	const port = wanted === 0 ? await freePort() : wanted;
	await mkdir(options.userFolder, { recursive: true });
	const child = await startProcess(host.node, [host.n8nBin, ...args], {
		cwd: options.userFolder,
		env: { ...environment(host, options, port, await freePort()), ...options.env },
		onLine: options.log,
		signal,
	});
	const url = `http://127.0.0.1:${port}`;
	try {
		await untilReady(url, child, paths, signal);
		return { url, child };
	} catch (error) {
		throw await startFailure(child, error, signal);
	}
}

/** Stops a process that cannot be used. @returns the error that says why, with its last output */
async function startFailure(
	child: RunningProcess,
	error: unknown,
	signal?: AbortSignal,
): Promise<OperatorError> {
	await child.stop();
	signal?.throwIfAborted();
	const last = child.output().split('\n').slice(-20).join('\n');
	return new OperatorError(`n8n did not start. ${messageOf(error)}\nn8n’s last output:\n${last}`);
}

/** n8n answers its health check some seconds before it serves the editor's own API, so both are awaited. */
async function untilReady(
	url: string,
	child: RunningProcess,
	paths: readonly string[],
	signal?: AbortSignal,
): Promise<void> {
	const http = axios.create({ baseURL: url, timeout: 5000, proxy: false, validateStatus: null });
	const answers = async (path: string) => {
		const response = await http.get<unknown>(path).catch(() => undefined);
		return response?.status === 200 && typeof response.data === 'object';
	};
	const ready = async () => {
		if (!child.running()) {
			const { code, signal: by } = await child.ended;
			throw new OperatorError(`It ended with ${by === null ? `code ${code}` : by}.`);
		}
		for (const path of paths) if (!(await answers(path))) return undefined;
		return true;
	};
	await until('n8n to answer', READY_SECONDS, ready, signal);
}

/** Parts of n8n that tests and demonstrations do not need, and that look for services on the internet. */
const UNUSED_MODULES =
	'mcp-registry insights instance-ai agents chat-hub mcp workflow-builder'.split(' ');

function environment(
	{ directory }: InstalledN8n,
	{ userFolder, timezone = 'UTC' }: N8nOptions,
	port: number,
	brokerPort: number,
): NodeJS.ProcessEnv {
	const modules = join(directory, 'node_modules', 'n8n', 'dist', 'modules');
	const others = Object.keys(process.env).filter((name) => !INHERITED.test(name));
	return {
		...Object.fromEntries(others.map((name) => [name, undefined])),
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		GENERIC_TIMEZONE: timezone,
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		// n8n does not start if a module is named that it does not have.
		N8N_DISABLED_MODULES: UNUSED_MODULES.filter((name) => existsSync(join(modules, name))).join(),
	};
}
