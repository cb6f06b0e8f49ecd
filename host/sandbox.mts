import { join } from 'node:path';
import { messageOf, OperatorError } from './support/errors.mts';
import { requireFreePort } from './support/ports.mts';
import { startProcess, type ProcessEnd } from './support/processes.mts';
import { until } from './support/until.mts';

/** What the sandbox prints when it is ready: its addresses and tokens. */
export interface SandboxAddresses {
	/** The page to watch the stations on. */
	page: string;
	/** Base URL of the ChargEye API. */
	rest: string;
	/** Address that stations connect to by OCPP 2.0.1. */
	ocpp: string;
	/** The central system that the simulated stations connect to. */
	csms: string;
	/** Base URL of the control API. */
	control: string;
	accessToken: string;
	refreshToken: string;
}

export interface RunningSandbox extends SandboxAddresses {
	pid: number;
	/** Settles when the sandbox ends, whether or not it was stopped. */
	ended: Promise<ProcessEnd>;
	/** The last lines that the sandbox printed, without the line of its addresses and tokens. */
	output: () => string;
	stop: () => Promise<void>;
}

export interface SandboxOptions {
	/** Ports on 127.0.0.1; 0 takes any free one. */
	port?: number;
	ocppPort?: number;
	/** Further options of sandbox/main.mts, e.g. `--no-cars`. */
	args?: readonly string[];
	projectRoot?: string;
	signal?: AbortSignal;
}

/**
 * Starts the local ChargEye with its simulated stations as a separate process.
 *
 * @throws OperatorError when a port is taken, or the sandbox ends or does not get ready
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
	const { port = 0, ocppPort = 0, args = [], projectRoot = process.cwd(), signal } = options;
	await requireFreePort(port, 'the sandbox', '--sandbox-port');
	await requireFreePort(ocppPort, 'the stations', '--ocpp-port');
	const script = join(projectRoot, 'sandbox', 'main.mts');
	const ports = ['--port', String(port), '--ocpp-port', String(ocppPort)];
	let ready: string | undefined;
	const child = await startProcess(
		process.execPath,
		['--import', 'tsx', script, ...ports, ...args],
		{
			cwd: projectRoot,
			signal,
			onLine: (line, stream) => {
				if (stream === 'stdout') ready ??= line;
			},
		},
	);
	const output = () =>
		child
			.output()
			.split('\n')
			.filter((line) => line !== ready)
			.join('\n');
	try {
		const addresses = () => {
			if (ready === undefined && !child.running()) throw new OperatorError('It ended.');
			return ready;
		};
		const line = await until('its addresses', 60, addresses, signal);
		const found = JSON.parse(line) as SandboxAddresses;
		return { ...found, pid: child.pid, ended: child.ended, output, stop: child.stop };
	} catch (error) {
		await child.stop();
		signal?.throwIfAborted();
		throw new OperatorError(`The sandbox did not start. ${messageOf(error)}\n${output()}`);
	}
}
