import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** The names in one of the README’s tables of events, sorted. @param index of the table, in the order of the triggers */
export function eventsInReadme(index: number): string[] {
	const tables = [...README.matchAll(/\n\| Trigger On [^\n]*\n\|[- |]*\n((?:\|[^\n]*\n)+)/g)];
	const rows = tables[index][1].trim().split('\n');
	return rows.map((row) => row.split('|')[1].trim()).sort();
}
