// npm run agent-tools: writes docs/agent-tools.md, which shows each operation as the tool of an AI agent.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';

import { runCommand } from '../../host/support/command.mts';
import { actionNodes, PAGE, page } from './page.mts';

const HELP = `npm run agent-tools [-- --check]

Writes docs/agent-tools.md from the built nodes (npm run build). With --check nothing is written, and
the exit code is 1 if the page is not up to date.`;

runCommand(async () => {
	const { check, help } = parseArgs({
		options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
	}).values;
	if (help) {
		console.log(HELP);
		return 0;
	}
	const options = { ...(await resolveConfig(PAGE)), parser: 'markdown' };
	const text = await format(page(actionNodes()), options);
	const isCurrent = text === (await readFile(PAGE, 'utf8'));
	if (check) {
		if (!isCurrent) console.error(`${PAGE} is not up to date: npm run agent-tools`);
		return isCurrent ? 0 : 1;
	}
	if (!isCurrent) await writeFile(PAGE, text);
	console.log(`${PAGE} is up to date.`);
	return 0;
});
