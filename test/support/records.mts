import { appendFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The environment variable with the folder for everything that a test run must search for tokens. */
export const RECORDS = 'CHARGER_OPERATIONS_TEST_RECORDS';

/** A token that was used, what a run of a node left behind, or what a program printed or logged. */
export interface TestRecord {
	kind: 'token' | 'output' | 'log';
	/** The name of the test or program that it comes from. */
	place: string;
	text: string;
}

/** Keeps a text of this test run; does nothing without the environment variable. */
export function record(kind: TestRecord['kind'], place: string, text: string): void {
	const folder = process.env[RECORDS];
	if (folder === undefined) return;
	const entry: TestRecord = { kind, place, text };
	appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(entry)}\n`);
}

/** Longer outputs are searched at once, so that the records of a test run stay small enough to read at the end. */
const LONG = 100_000;

/** Keeps what a run of a node left behind, and the tokens that must not be in it; of a long output only the text around a token. */
export function recordOutput(place: string, text: string, tokens: readonly string[]): void {
	for (const token of tokens) record('token', place, token);
	if (text.length <= LONG) {
		record('output', place, text);
		return;
	}
	const index = text.search(patternOf(tokens));
	const from = Math.max(0, index - 100);
	record('output', place, text.slice(from, from + LONG));
}

/** Everything that the processes of the test run have kept. */
export async function readRecords(folder: string): Promise<TestRecord[]> {
	const records: TestRecord[] = [];
	for (const file of await readdir(folder)) {
		const text = await readFile(join(folder, file), 'utf8');
		for (const line of text.split('\n')) {
			if (line !== '') records.push(JSON.parse(line) as TestRecord);
		}
	}
	return records;
}

/**
 * A token of any sandbox: its second part begins with `{"sub":"sandbox"`. The pattern leaves out the first part, so that
 * even a megabyte of text that looks like tokens is searched quickly.
 */
const OF_A_SANDBOX = String.raw`\.eyJzdWIiOiJzYW5kYm94Ii[\w-]+\.[\w-]+`;

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);

const patternOf = (tokens: Iterable<string>) =>
	new RegExp([...[...tokens].map(escape), OF_A_SANDBOX].join('|'));

/**
 * Searches outputs and logs for every token that was used, and for tokens of any sandbox.
 * @returns how many outputs and logs were searched, and the places of tokens, with the text before each
 */
export function searchForTokens(records: readonly TestRecord[]): {
	outputs: number;
	logs: number;
	found: string[];
} {
	const tokens = new Set(records.filter(({ kind }) => kind === 'token').map(({ text }) => text));
	const pattern = patternOf(tokens);
	const searched = records.filter(({ kind }) => kind !== 'token');
	const found = searched.flatMap(({ kind, place, text }) => {
		const index = text.search(pattern);
		const before = text.slice(Math.max(0, index - 60), index);
		return index === -1 ? [] : [`${place} (${kind}): …${before}<token>`];
	});
	const outputs = searched.filter(({ kind }) => kind === 'output').length;
	return { outputs, logs: searched.length - outputs, found };
}
