// npm run contract -- <openapi.json|yaml>: our contract against the vendor's own.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { runCommand } from '../../host/support/command.mts';
import { describeFailure, messageOf, OperatorError } from '../../host/support/errors.mts';
import { onBaseUrl } from './baseUrl.mts';
import { compareOperations } from './compareOperations.mts';
import { matchOperations } from './matchOperations.mts';
import { overridesFor } from './overrides.mts';
import {
	differencesTable,
	matchesTable,
	openQuestions,
	overridesText,
	printable,
} from './print.mts';
import { readContract } from './readContract.mts';

const HELP = `npm run contract -- <openapi.json|yaml>

Compares the OpenAPI file that the vendor gives you with the contract of this package: which
operations are the same, what differs in method, path, parameters, body and answer, and the
Endpoint Overrides to paste into the credential.

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
	const { file, help } = readArguments(args);
	if (help) {
		console.log(HELP);
		return 0;
	}
	const ours = await readContract(OURS);
	const vendors = await readContract(file);
	const [ourUrl] = ours.servers;
	const { baseUrl, operations } = onBaseUrl(vendors, ourUrl);
	const matching = matchOperations(ours.operations, operations);
	const differences = new Map(
		matching.matches.map((match) => [match.ours, compareOperations(match)]),
	);
	const identical = [...differences.values()].every((found) => found.length === 0);
	const questions = openQuestions(matching);

	const print = (...paragraphs: string[]) =>
		paragraphs.forEach((one) => console.log(`${printable(one)}\n`));
	const count = `${matching.matches.length} of our ${ours.operations.length} operations were found in the vendor’s file`;
	print(
		`${count} (OpenAPI ${vendors.version}, ${operations.length} operations).`,
		matchesTable(matching.matches),
	);
	if (!identical) print('What differs:', differencesTable(differences));
	print(...questions);
	if (baseUrl !== ourUrl) {
		print(`The vendor’s paths are below ${baseUrl}: make that the credential’s Base URL.`);
	}
	print(...overridesText(overridesFor(matching.matches)));
	const same = identical && questions.length === 0 && baseUrl === ourUrl;
	print(
		same
			? 'Nothing differs.'
			: 'Overrides correct methods and paths; what else differs needs another version of this package.',
	);
	return same ? 0 : 1;
}

/** @throws OperatorError with the help */
function readArguments(args: string[]): { file: string; help: boolean } {
	let parsed;
	try {
		parsed = parseArgs({
			args,
			options: { help: { type: 'boolean', default: false } },
			allowPositionals: true,
		});
	} catch (error) {
		throw new OperatorError(`${messageOf(error)}\n\n${HELP}`);
	}
	const { positionals, values } = parsed;
	if (!values.help && positionals.length !== 1) {
		throw new OperatorError(`Name one OpenAPI file.\n\n${HELP}`);
	}
	// npm runs its scripts in the package's folder, and keeps where it was called.
	const calledIn = process.env.INIT_CWD ?? process.cwd();
	return { file: resolve(calledIn, positionals[0] ?? ''), help: values.help };
}
