import { readdir } from 'node:fs/promises';

import type { INodeTypeDescription } from 'n8n-workflow';

import { readWorkflow } from '../../host/workflows.mts';

/** The names of the workflows in `workflows/`. */
export async function workflowNames(): Promise<string[]> {
	const files = await readdir('workflows');
	return files
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.slice(0, -'.json'.length))
		.sort();
}

/** The nodes of a workflow that an n8n lacks, e.g. "dataTable 1.1"; none if it has all of them. */
export async function missingNodes(
	name: string,
	types: readonly INodeTypeDescription[],
): Promise<string[]> {
	const { nodes } = await readWorkflow(name);
	const missing = nodes
		.filter(
			({ type, typeVersion }) =>
				!types.some((one) => one.name === type && [one.version].flat().includes(typeVersion)),
		)
		.map(({ type, typeVersion }) => `${type.split('.').at(-1)} ${typeVersion}`);
	return [...new Set(missing)].sort();
}
