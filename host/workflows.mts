import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialReference, N8nClient, Workflow, WorkflowFile } from './n8nClient.mts';

/** Reads one of the example workflows, e.g. "peak-hour-limit". */
export async function readWorkflow(
	name: string,
	projectRoot: string = process.cwd(),
): Promise<WorkflowFile> {
	const text = await readFile(join(projectRoot, 'workflows', `${name}.json`), 'utf8');
	return JSON.parse(text) as WorkflowFile;
}

/** Imports every example workflow, bound to a credential; answers them by file name without ending. */
export async function importWorkflows(
	client: N8nClient,
	credential: CredentialReference,
	projectRoot: string = process.cwd(),
): Promise<Map<string, Workflow>> {
	const files = await readdir(join(projectRoot, 'workflows'));
	const imported = new Map<string, Workflow>();
	for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
		const name = file.slice(0, -'.json'.length);
		imported.set(
			name,
			await client.importWorkflow(await readWorkflow(name, projectRoot), credential),
		);
	}
	return imported;
}
