import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { EVENT_NAMES, EVENTS } from '../../../nodes/TransactionTrigger/events.ts';

const README = readFileSync(join(__dirname, '../../../README.md'), 'utf8');

it('The README’s table lists every event under its name in the form', () => {
	const [, table] = /\n\| Trigger On [^\n]*\n\|[- |]*\n((?:\|[^\n]*\n)+)/.exec(README)!;
	const rows = table.trim().split('\n');
	const listed = rows.map((row) => row.split('|')[1].trim());
	expect(listed.sort()).toEqual(EVENT_NAMES.map((event) => EVENTS[event].text.name).sort());
});
