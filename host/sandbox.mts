import { join } from 'node:path';
import { messageOf, OperatorError } from './support/errors.mts';
import { claimPort } from './support/ports.mts';
import { startProcess, type ProcessEnd } from './support/processes.mts';
import { until } from './support/until.mts';

/** What the sandbox prints when it is ready: its addresses and tokens. */
export interface SandboxAddresses {
	/** Base URL of the ChargEye API. */
	rest: string;
	/** Where stations connect by OCPP 2.0.1. */
	ocpp: string;
	/** Base URL of the control API. */
	control: string;
	accessToken: string;
	refreshToken: string;
}

export interface RunningSandbox extends SandboxAddresses {
	/** Settles when the sandbox ends, asked or not. */
	ended: Promise<ProcessEnd>;
	/** The newest of what it printed on stderr. */
	output: () => string;
	stop: () => Promise<void>;
}

export interface SandboxOptions {
	/** Ports on 127.0.0.1; 0 takes any free one. */
	port?: number;
	ocppPort?: number;
	projectRoot?: string;
	signal?: AbortSignal;
}

/**
 * Starts the local ChargEye with its simulated stations as a process of its own.
 *
 * @throws OperatorError when a port is taken, or the sandbox ends or does not get ready
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
	const { projectRoot = process.cwd(), signal } = options;
	const port = await claimPort(options.port ?? 0, 'the sandbox', '--sandbox-port');
	const ocppPort = await claimPort(options.ocppPort ?? 0, 'the stations', '--ocpp-port');
	const script = join(projectRoot, 'sandbox', 'main.mts');
	const errors: string[] = [];
	let addresses: SandboxAddresses | undefined;
	const child = startProcess(
		process.execPath,
		['--import', 'tsx', script, '--port', String(port), '--ocpp-port', String(ocppPort)],
		{
			cwd: projectRoot,
			signal,
			onLine: (line, stream) => {
				if (stream === 'stdout') addresses ??= JSON.parse(line) as SandboxAddresses;
				else errors.push(line);
			},
		},
	);
	const output = () => errors.slice(-20).join('\n');
	try {
		const ready = () => {
			if (!child.running()) throw new OperatorError('It ended.');
			return addresses;
		};
		const found = await until('its addresses', 60, ready, signal);
		return { ...found, ended: child.ended, output, stop: child.stop };
	} catch (error) {
		await child.stop();
		signal?.throwIfAborted();
		const reason = messageOf(error);
		throw new OperatorError(`The sandbox did not start. ${reason}\n${output()}`);
	}
}
