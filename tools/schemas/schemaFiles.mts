import { readdir } from 'node:fs/promises';

/** The paths of the schema files in the project, which is the current folder; sorted. */
export async function schemaFiles(): Promise<string[]> {
	const inNodes = await readdir('nodes', { recursive: true });
	return inNodes
		.map((path) => `nodes/${path.replaceAll('\\', '/')}`)
		.filter((path) => /\/__schema__\/.*\.json$/.test(path))
		.sort();
}
