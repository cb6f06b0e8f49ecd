import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import axios, { type AxiosInstance } from 'axios';

import { record } from './records.mts';

/** A sandbox that runs in a process of its own. */
export interface Sandbox {
	/** Base URL of the ChargeEye API. */
	rest: string;
	/** The CSMS, to which a station connects as `<ocpp>/<stationId>`. */
	ocpp: string;
	/** Base URL of the control API. */
	control: string;
	accessToken: string;
	refreshToken: string;
	/** Speaks to the control API; every status resolves, so check it. */
	controlClient: AxiosInstance;
	/** Speaks to the ChargeEye API with the access token; every status resolves. */
	restClient: AxiosInstance;
	/** The process's id. */
	pid: number;
	/** What it has written so far. */
	output: { stdout: string; stderr: string };
	/** Sends a signal and resolves with the exit code. */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Any status resolves, and no connection outlives its request. */
const CLIENT = { validateStatus: () => true, proxy: false as const };

/**
 * Starts `sandbox/main.mts` on free ports, without cars unless told otherwise.
 * @param args further command-line options
 * @throws what it wrote to stderr, when it ends before it is ready
 */
export async function startSandbox(args: readonly string[] = ['--no-cars']): Promise<Sandbox> {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', 'sandbox/main.mts', '--port', '0', '--ocpp-port', '0', ...args],
		{ stdio: ['ignore', 'pipe', 'pipe'] },
	);
	const output = { stdout: '', stderr: '' };
	child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
	const line = await new Promise<string>((resolve, reject) => {
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			output.stdout += text;
			const end = output.stdout.indexOf('\n');
			if (end !== -1) resolve(output.stdout.slice(0, end));
		});
		child.once('error', reject);
		child.once('close', (code) =>
			reject(new Error(`The sandbox ended with code ${code}: ${output.stderr}`)),
		);
	});
	const addresses = JSON.parse(line) as Pick<
		Sandbox,
		'rest' | 'ocpp' | 'control' | 'accessToken' | 'refreshToken'
	>;
	record('token', 'sandbox', addresses.accessToken);
	record('token', 'sandbox', addresses.refreshToken);
	return {
		...addresses,
		controlClient: axios.create({ ...CLIENT, baseURL: addresses.control }),
		restClient: axios.create({
			...CLIENT,
			baseURL: addresses.rest,
			headers: { Authorization: `Bearer ${addresses.accessToken}` },
		}),
		pid: child.pid ?? 0,
		output,
		async stop(signal = 'SIGTERM') {
			const code = await stop(child, signal);
			// The first line tells the tokens, as it must.
			record('log', 'sandbox', output.stdout.slice(output.stdout.indexOf('\n')) + output.stderr);
			return code;
		},
	};
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
	if (child.exitCode === null && child.signalCode === null) {
		const closed = once(child, 'close');
		child.kill(signal);
		await closed;
	}
	return child.exitCode;
}
