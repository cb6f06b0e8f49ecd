import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { readStateFile, writeStateFile } from './state/stateFile.mts';
import { startSandbox, type SandboxOptions } from './sandbox.mts';

const HELP = `A local ChargeEye: the API in front, OCPP 2.0.1 behind it, simulated charging stations.

  npm run sandbox -- [options]

  --port <port>            page, REST and control API (SANDBOX_PORT; 4010; 0 for any free one)
  --ocpp-port <port>       OCPP over WebSocket (SANDBOX_OCPP_PORT; 4011; 0 for any free one)
  --stations <n>           how many charging stations there are (3)
  --unknown-stations <do>  refuse stations that are not registered, or accept them (refuse)
  --csms <ws://…>          another OCPP 2.0.1 central system for the simulated stations; wss://:password@host
                           gives each the password (SANDBOX_CSMS; the own one)
  --state <file>           continues from this file if it is there, and writes it when it is stopped
  --no-cars                no cars charge from the start
  --page-size <n>          transactions per page of a list (25)
  --answer-timeout <s>     how long a station may take to answer (10)
  --dialect <name>         how the API shows things: published, or former (numbers as connector IDs,
                           whole transactions in connectors, texts as page keys)
  --scenario <name>        a scenario to start with: one of sandbox/scenarios, or the path of a YAML file
  --seed <n>               what scenarios and faults draw from: the same seed, the same run (1, or the scenario's)
  --help                   this text

When it is ready it prints one line of JSON: page, rest, ocpp, csms, control, accessToken,
refreshToken. The simulated stations connect to csms.
`;

const MAX_SEED = 2 ** 31 - 1;

/** A mistake in the command line, in one sentence. */
class UsageError extends Error {}

/** The options, and the file of the state. */
function readOptions(): { options: SandboxOptions; stateFile: string | undefined } | 'help' {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: process.env.SANDBOX_PORT ?? '4010' },
			'ocpp-port': { type: 'string', default: process.env.SANDBOX_OCPP_PORT ?? '4011' },
			stations: { type: 'string', default: '3' },
			'unknown-stations': { type: 'string', default: 'refuse' },
			csms: { type: 'string', default: process.env.SANDBOX_CSMS },
			state: { type: 'string' },
			'no-cars': { type: 'boolean', default: false },
			'page-size': { type: 'string', default: '25' },
			'answer-timeout': { type: 'string', default: '10' },
			dialect: { type: 'string', default: 'published' },
			scenario: { type: 'string' },
			seed: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return 'help';
	const options = {
		port: readNumber('port', values.port, 0, 65_535),
		ocppPort: readNumber('ocpp-port', values['ocpp-port'], 0, 65_535),
		stations: readNumber('stations', values.stations, 1, 10_000),
		unknownStations: readChoice('unknown-stations', values['unknown-stations'], [
			'refuse',
			'accept',
		]),
		csms: values.csms === undefined ? undefined : readCentralSystem(values.csms),
		cars: !values['no-cars'],
		pageSize: readNumber('page-size', values['page-size'], 1, 1000),
		answerTimeoutS: readNumber('answer-timeout', values['answer-timeout'], 1, 600),
		dialect: readChoice('dialect', values.dialect, ['published', 'former']),
		scenario: values.scenario,
		seed: values.seed === undefined ? undefined : readNumber('seed', values.seed, 0, MAX_SEED),
	};
	if (values.state !== undefined && values.scenario !== undefined) {
		throw new UsageError(
			'--state and --scenario do not go together: a scenario starts from nothing.',
		);
	}
	return { options, stateFile: values.state };
}

function readCentralSystem(text: string): SandboxOptions['csms'] {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url?.protocol !== 'ws:' && url?.protocol !== 'wss:') {
		throw new UsageError('--csms must be the address of a central system: ws://… or wss://…');
	}
	if (url.username !== '' || url.search !== '' || url.hash !== '') {
		throw new UsageError(
			'--csms must have no user name (each station has its ID as user name), no ? and no #.',
		);
	}
	return {
		endpoint: `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`,
		...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
	};
}

function readChoice<Choice extends string>(name: string, text: string, choices: Choice[]): Choice {
	const chosen = choices.find((choice) => choice === text);
	if (chosen !== undefined) return chosen;
	throw new UsageError(`--${name} must be ${choices.join(' or ')}, not "${text}".`);
}

function readNumber(name: string, text: string, from: number, to: number): number {
	const value = Number(text);
	if (text.trim() === '' || !Number.isInteger(value) || value < from || value > to) {
		throw new UsageError(`--${name} must be a whole number from ${from} to ${to}, not "${text}".`);
	}
	return value;
}

/** The error in one sentence for the person who started the sandbox. */
function explain(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
		return (
			`Port ${String(error.port)} is in use: stop the program that listens there, ` +
			'or choose others with --port and --ocpp-port (0 for any free one).'
		);
	}
	return error.message;
}

/** Log entries live for a while, so a heap that may grow to four times of what is alive takes much memory for nothing. */
setFlagsFromString('--heap-growing-percent=150');

async function main(): Promise<void> {
	const read = readOptions();
	if (read === 'help') {
		process.stdout.write(HELP);
		return;
	}
	const { options, stateFile } = read;
	const found = stateFile === undefined ? undefined : await readStateFile(stateFile);
	const { close, state, ...addresses } = await startSandbox({ ...options, state: found });
	const stop = async () => {
		try {
			if (stateFile !== undefined) await writeStateFile(stateFile, state());
		} finally {
			await close();
		}
	};
	// After that nothing is running, so the process ends by itself; a second signal kills it.
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void stop().catch(fail));
	process.stdout.write(`${JSON.stringify(addresses)}\n`);
}

function fail(error: unknown): never {
	console.error(explain(error));
	process.exit(1);
}

main().catch(fail);
