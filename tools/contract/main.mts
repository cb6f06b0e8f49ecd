// npm run contract -- <openapi.json|yaml>: compares our contract with the vendor's.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { runCommand } from '../../host/support/command.mts';
import { describeFailure, messageOf, OperatorError } from '../../host/support/errors.mts';
import { compareSchemas } from './compareSchemas.mts';
import { endpointOf, matchOperations, onBaseUrl, type Match } from './match.mts';
import { overridesFor } from './overrides.mts';
import { readContract, type Operation } from './readContract.mts';

const HELP = `npm run contract -- <openapi.json|yaml> [--match <our key>=<the vendor’s operationId>]

Compares the OpenAPI file that the vendor gives you with the contract of this package: which
operations are the same, what differs in method, path, parameters, body and answer, and the
Endpoint Overrides to paste into the credential.

Operations are matched by operationId, else by method and path. The others are listed: match
each with a --match, by its operationId or "PUT /its/path".

The exit code is 0 if nothing differs, 1 if anything does, 2 if the file cannot be read.`;

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const OURS = join(ROOT, 'nodes', 'shared', 'chargeye', 'openapi.yaml');

runCommand(async () => {
	try {
		return await contract(process.argv.slice(2));
	} catch (error) {
		console.error(printable(describeFailure(error)));
		return 2;
	}
});

async function contract(args: string[]): Promise<number> {
	const { file, decisions, help } = readArguments(args);
	if (help) {
		console.log(HELP);
		return 0;
	}
	const [ours, vendors] = [await readContract(OURS), await readContract(file)];
	const [ourUrl] = ours.servers;
	const { baseUrl, operations } = onBaseUrl(vendors, ourUrl);
	const matching = matchOperations(ours.operations, operations, decisions);
	const { matches, unmatchedOurs, unmatchedVendors } = matching;
	const differences = differencesOf(matches);
	const { endpoints, warnings } = overridesFor(matches);
	const print = (title: string, ...lines: string[]) =>
		console.log(printable([title, ...lines.map((line) => `  ${line}`), ''].join('\n')));

	print(
		`${matches.length} of our ${ours.operations.length} operations were found in the vendor’s file (OpenAPI ${vendors.version}, ${operations.length} operations):`,
		...matches.map((one) => `${named(one.ours)} = ${named(one.vendors)}: ${one.reason}`),
	);
	if (differences.length > 0) print('What differs:', ...differences);
	if (unmatchedOurs.length > 0) {
		print('Not found:', ...unmatchedOurs.map(named));
		print('Only in the vendor’s file:', ...unmatchedVendors.map(named));
		print(
			'If two of these are the same operation: --match <our key>=<its operationId, or "PUT /its/path">',
		);
	}
	if (baseUrl !== ourUrl) {
		print(`The vendor’s paths are below ${baseUrl}: enter that as the credential’s Base URL.`);
	}
	const json = JSON.stringify(endpoints, null, 2);
	const isSame =
		[differences, unmatchedOurs, warnings].every(({ length }) => length === 0) &&
		json === '{}' &&
		baseUrl === ourUrl;
	if (json === '{}') print('No Endpoint Overrides are needed.');
	else print(`Endpoint Overrides to paste into the credential:\n\n${json}`);
	warnings.forEach((warning) => print(warning));
	if (isSame) print('Nothing differs.');
	else
		print(
			'Overrides correct methods and paths; other differences need another version of this package.',
		);
	return isSame ? 0 : 1;
}

const named = (one: Operation) =>
	`${one.operationId ?? '(without operationId)'} (${endpointOf(one)})`;

/** A text for each difference, with all operations in which it occurs. */
function differencesOf(matches: Match[]): string[] {
	const found = new Map<string, string[]>();
	for (const { ours, vendors } of matches) {
		for (const one of compareSchemas([ours.messages], [vendors.messages])) {
			const text = `${one.where}\n    ours      ${one.ours}\n    vendor’s  ${one.vendors}`;
			found.set(text, [...(found.get(text) ?? []), ours.operationId ?? '']);
		}
	}
	return [...found].map(([text, keys]) => `${keys.join(', ')}: ${text}`);
}

/** Text of the vendor's file without characters that control the terminal, or reorder or hide text. */
const printable = (text: string) => text.replace(/[^\P{Cc}\n]|\p{Cf}/gu, '?');

/** @throws OperatorError with the help */
function readArguments(args: string[]) {
	const match = { type: 'string', multiple: true, default: [] as string[] } as const;
	const options = { match, help: { type: 'boolean', default: false } } as const;
	try {
		const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
		if (!values.help && positionals.length !== 1) throw new Error('Name one OpenAPI file.');
		// npm runs scripts in the package's folder; INIT_CWD is the folder in which the user called it.
		const file = resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0] ?? '');
		const decisions = values.match.map((one) => one.split(/=(.*)/s));
		return {
			file,
			decisions: new Map(decisions.map(([key, name = '']) => [key, name])),
			...values,
		};
	} catch (error) {
		throw new OperatorError(`${messageOf(error)}\n\n${HELP}`);
	}
}
