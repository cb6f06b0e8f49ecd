import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = readFileSync(join(__dirname, '../../docs/trigger.md'), 'utf8');

/** The names in one of the tables of events in docs/trigger.md, sorted. @param index of the table, in the order of the triggers */
export function eventsInDocs(index: number): string[] {
	const tables = [...PAGE.matchAll(/\n\| Trigger On [^\n]*\n\|[- |]*\n((?:\|[^\n]*\n)+)/g)];
	const rows = tables[index][1].trim().split('\n');
	return rows.map((row) => row.split('|')[1].trim()).sort();
}
