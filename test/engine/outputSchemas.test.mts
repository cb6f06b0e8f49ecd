import { readFile } from 'node:fs/promises';

import { outputSchemas } from '../../tools/schemas/outputSchemas.mts';
import { schemaFiles } from '../../tools/schemas/schemaFiles.mts';
import { useSite } from '../support/site.mts';

const site = useSite();

it('the output fields that n8n offers before any run are those of real runs (npm run schemas writes them)', async () => {
	const committed: Record<string, string> = {};
	for (const path of await schemaFiles()) committed[path] = await readFile(path, 'utf8');
	expect(committed).toEqual(await outputSchemas(site));
});
