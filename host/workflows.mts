import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { CredentialReference, N8nClient, Workflow, WorkflowFile } from './n8nClient.mts';

/** A workflow of nodes in a row after a manual trigger called "Start", named after the last node. */
export function workflowOf(...nodes: Array<Omit<INode, 'id' | 'position'>>): WorkflowFile {
	const start = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const row = [start, ...nodes];
	return {
		name: row[nodes.length].name,
		nodes: row.map((node, index) => ({ id: node.name, position: [index * 220, 0], ...node })),
		connections: Object.fromEntries(
			nodes.map((node, index) => [
				row[index].name,
				{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
			]),
		),
		settings: { executionOrder: 'v1' },
	};
}

/** Reads one of the example workflows, e.g. "peak-hour-limit". */
export async function readWorkflow(
	name: string,
	projectRoot: string = process.cwd(),
): Promise<WorkflowFile> {
	const text = await readFile(join(projectRoot, 'workflows', `${name}.json`), 'utf8');
	return JSON.parse(text) as WorkflowFile;
}

/**
 * Imports every example workflow with these credentials; returns them by file name without extension.
 * @param change what to change in each workflow before
 */
export async function importWorkflows(
	client: N8nClient,
	credentials: readonly CredentialReference[],
	change: (file: WorkflowFile) => WorkflowFile = (file) => file,
	projectRoot: string = process.cwd(),
): Promise<Map<string, Workflow>> {
	const files = await readdir(join(projectRoot, 'workflows'));
	const imported = new Map<string, Workflow>();
	for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
		const name = file.slice(0, -'.json'.length);
		const workflow = change(await readWorkflow(name, projectRoot));
		imported.set(name, await client.importWorkflow(workflow, ...credentials));
	}
	return imported;
}
