import Table from 'cli-table3';

import type { Difference } from './compareOperations.mts';
import type { Match, Matching } from './matchOperations.mts';
import type { Overrides } from './overrides.mts';
import type { Operation } from './readContract.mts';

/** Columns of a terminal that the text of one side takes. */
const SIDE = 40;

export const matchesTable = (matches: Match[]): string =>
	table(
		['Operation', 'The vendor’s', 'Matched by'],
		[null, null, SIDE],
		matches.map(({ ours, vendors, reason }) => [nameOf(ours), endpoint(vendors), reason]),
	);

/** One row a difference, with all operations that it occurs in. */
export function differencesTable(differences: Map<Operation, Difference[]>): string {
	const rows = new Map<string, { row: string[]; operations: string[] }>();
	for (const [operation, found] of differences) {
		for (const { part, at, ours, vendors } of inShort(found)) {
			const row = [`${part} ${at}`, fold(ours), fold(vendors)];
			const { operations } = rows.get(row.join('|')) ?? { operations: [] };
			rows.set(row.join('|'), { row, operations: [...operations, nameOf(operation)] });
		}
	}
	return table(
		['Operations', 'Where', 'Ours', 'The vendor’s'],
		[null, null, SIDE, SIDE],
		[...rows.values()].map(({ row, operations }) => [operations.join('\n'), ...row]),
	);
}

/** Values that only one side has are told by name, in one row for all that stand together. */
function inShort(differences: Difference[]): Difference[] {
	const rows = new Map<string, Difference>();
	for (const one of differences) {
		const { part, at, ours, vendors } = one;
		if (ours !== undefined && vendors !== undefined) {
			rows.set(`${part} ${at}`, one);
			continue;
		}
		const side = vendors === undefined ? 'ours' : 'vendors';
		const start = at.lastIndexOf('.') + 1;
		const name = `${at.slice(start)}${one[side]?.includes('; required') ? ' (required)' : ''}`;
		const where = `${at.slice(0, start)}…`;
		const row = rows.get(`${part} ${where}`) ?? { part, at: where };
		const names = [row[side] ?? [], name].flat().join(', ');
		rows.set(`${part} ${where}`, { ...row, [side]: names });
	}
	return [...rows.values()];
}

/** A table breaks lines between words only; a path has none. */
const fold = (text = 'none') =>
	text.startsWith('/') ? text.replace(/.{1,37}(?=\/|$)/g, '$&\n').trim() : text;

/** What is left to a person to decide: a sentence each. */
export function openQuestions({ missing, ambiguous }: Matching): string[] {
	return [
		...missing.map(
			(one) => `The vendor’s file has nothing like ${nameOf(one)} (${endpoint(one)}).`,
		),
		...ambiguous.map(
			({ ours, candidates }) =>
				`${nameOf(ours)} could be any of these, or none: ${candidates.map(endpoint).join(', ')}. ` +
				'Decide which, and write its override by hand.',
		),
	];
}

/** The JSON to paste, and what it cannot do. */
export function overridesText({ endpoints, unsure, refused }: Overrides): string[] {
	const none = Object.keys(endpoints).length === 0;
	return [
		none
			? 'No Endpoint Overrides are needed.'
			: `Endpoint Overrides to paste into the credential:\n\n${JSON.stringify(endpoints, null, 2)}`,
		...unsure.map(
			({ key, placeholders }) =>
				`Check ${key}: only its position says what ${placeholders.map((name) => `{${name}}`).join(' and ')} stands for.`,
		),
		...refused.map((reason) => `No override can express ${reason}`),
	];
}

/** Somebody else's text without characters that would steer the terminal, or reorder or hide text. */
export const printable = (text: string) => text.replace(/[^\P{Cc}\n]|\p{Cf}/gu, '?');

const nameOf = ({ operationId = '' }: Operation) => operationId;

const endpoint = ({ method, path }: Operation) => `${method} ${path}`;

function table(head: string[], colWidths: Array<number | null>, rows: string[][]): string {
	const printed = new Table({ head, colWidths, wordWrap: true, style: { head: [], border: [] } });
	printed.push(...rows);
	return printed.toString();
}
