import type { INode } from 'n8n-workflow';

import type { WorkflowFile } from '../../host/n8nClient.mts';

/** A workflow of one node behind a manual trigger called "Start". */
export const workflowOf = (
	node: Pick<INode, 'name' | 'type' | 'typeVersion' | 'parameters' | 'credentials'>,
): WorkflowFile => ({
	name: node.name,
	nodes: [
		{
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{ id: 'node', position: [220, 0], ...node },
	],
	connections: { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});
