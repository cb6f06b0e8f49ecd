import { parseArgs } from 'node:util';
import { OLDEST, TESTED_VERSIONS } from '../../host/testedVersions.mts';
import { messageOf, OperatorError } from '../../host/support/errors.mts';

export interface VersionsOptions {
	/** Versions of n8n, e.g. "1.123.81". */
	versions: readonly string[];
	/** n8n's engine alone, without n8n. */
	engine: boolean;
	/** Write what was found into the docs. */
	write: boolean;
	/** Options for Jest. */
	jestArgs: string[];
	help: boolean;
}

export const VERSIONS_HELP = `npm run test:versions [-- versions]

Tries the packed package in a real n8n of each version, by default of:
${TESTED_VERSIONS.join(' ')}

  npm run test:versions
  npm run test:versions -- 1.123.81 2.14.2
  npm run test:versions -- --engine
  npm run test:versions -- --engine 1.123.81 -- --testPathPatterns client

  --write    write the tables into docs/compatibility.md and README.md
  --engine   run the engine tests in n8n's engine of the versions, by default of the oldest that this
             package supports (${OLDEST}); options for Jest follow a second "--"
  --help     show this

Each n8n (about 3 GB) or engine (0.2 GB) is installed once into the user's cache folder (N8N_HOST_CACHE
names another).`;

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
				write: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		});
		const { engine, write, help } = values;
		const wrong = positionals.find((version) => !/^\d+\.\d+\.\d+$/.test(version));
		if (wrong !== undefined) {
			throw new OperatorError(`"${wrong}" is not a version of n8n such as ${OLDEST}.`);
		}
		const usual = engine ? [OLDEST] : TESTED_VERSIONS;
		const versions = positionals.length === 0 ? usual : positionals;
		return { versions, engine, write, jestArgs, help };
	} catch (error) {
		throw new OperatorError(`${messageOf(error)}\n\n${VERSIONS_HELP}`);
	}
}
