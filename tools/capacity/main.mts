// npm run capacity: writes into docs/charging-profiles.md what typical tariffs need of chargers.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runCommand } from '../../host/support/command.mts';
import { capacityTable, withTable } from './table.mts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const PAGE = join(ROOT, 'docs', 'charging-profiles.md');

runCommand(async () => {
	await writeFile(PAGE, withTable(await readFile(PAGE, 'utf8'), capacityTable()));
	return 0;
});
