// npm run architecture: checks the imports by the rules, and draws them into docs/how-it-works.md.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { runCommand } from '../../host/support/command.mts';
import { drawing, withDrawing } from './drawing.mts';
import { breaches, foldersOf } from './imports.mts';

const HELP = `npm run architecture [-- --check]

Checks that imports go one way, and draws into docs/how-it-works.md which folder imports which.
With --check nothing is written. The exit code is 1 if an import breaks a rule, or if with
--check the drawing is not up to date.`;

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const PAGE = join(ROOT, 'docs', 'how-it-works.md');

runCommand(async () => {
	const { check, help } = parseArgs({
		options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
	}).values;
	if (help) {
		console.log(HELP);
		return 0;
	}
	const found = await breaches(ROOT);
	for (const { rule, from, to } of found) console.error(`${from} imports ${to}: ${rule}`);
	const page = await readFile(PAGE, 'utf8');
	const drawn = withDrawing(page, drawing(await foldersOf(ROOT)));
	const isCurrent = drawn === page;
	if (!check && !isCurrent) await writeFile(PAGE, drawn);
	if (check && !isCurrent)
		console.error('docs/how-it-works.md is not up to date: npm run architecture');
	if (found.length === 0) console.log('Every import is allowed.');
	return found.length > 0 || (check === true && !isCurrent) ? 1 : 0;
});
