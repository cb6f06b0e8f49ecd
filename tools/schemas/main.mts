// npm run schemas: writes the output fields of every operation into nodes/*/__schema__, from real runs.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import '../../test/support/engineSetup.mts';
import { buildPackage } from '../../host/package.mts';
import { runCommand } from '../../host/support/command.mts';
import { startSite } from '../../test/support/site.mts';
import { outputSchemas } from './outputSchemas.mts';
import { schemaFiles } from './schemaFiles.mts';

runCommand(async () => {
	await buildPackage();
	const site = await startSite();
	try {
		const schemas = await outputSchemas(site);
		for (const path of await schemaFiles()) if (!(path in schemas)) await rm(path);
		for (const [path, text] of Object.entries(schemas)) {
			await mkdir(dirname(path), { recursive: true });
			await writeFile(path, text);
		}
		console.log(`${Object.keys(schemas).length} schemas are written.`);
		return 0;
	} finally {
		await site.stop();
	}
});
