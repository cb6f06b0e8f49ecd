import { parseArgs } from 'node:util';
import { OLDEST } from '../../host/testedVersions.mts';
import { messageOf, OperatorError } from '../../host/support/errors.mts';

export interface VersionsOptions {
	/** Versions of n8n, e.g. "1.123.81". */
	versions: readonly string[];
	/** Options for Jest. */
	jestArgs: string[];
	help: boolean;
}

export const VERSIONS_HELP = `npm run test:versions -- --engine [versions]

Runs the engine tests in n8n's engine of other versions, by default of the oldest that this package supports
(${OLDEST}):

  npm run test:versions -- --engine
  npm run test:versions -- --engine 1.123.81 2.14.2
  npm run test:versions -- --engine 1.123.81 -- --testPathPatterns client

  --engine   n8n's engine alone, without n8n
  --help     show this

Options for Jest follow a second "--". The engine is installed once into the user's cache folder (N8N_HOST_CACHE names
another).`;

/** @throws OperatorError that names an unknown option, or what is not a version */
export function parseVersionsOptions(args: string[]): VersionsOptions {
	const end = args.indexOf('--');
	const own = end === -1 ? args : args.slice(0, end);
	const jestArgs = end === -1 ? [] : args.slice(end + 1);
	try {
		const { values, positionals } = parseArgs({
			args: own,
			allowPositionals: true,
			options: {
				engine: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		});
		const { engine, help } = values;
		const wrong = positionals.find((version) => !/^\d+\.\d+\.\d+$/.test(version));
		if (wrong !== undefined) {
			throw new OperatorError(`"${wrong}" is not a version of n8n such as ${OLDEST}.`);
		}
		if (!engine && !help) throw new OperatorError('Say --engine.');
		return { versions: positionals.length === 0 ? [OLDEST] : positionals, jestArgs, help };
	} catch (error) {
		throw new OperatorError(`${messageOf(error)}\n\n${VERSIONS_HELP}`);
	}
}
