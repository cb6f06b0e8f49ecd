import { Workflow, type INodeParameters, type INodeTypes } from 'n8n-workflow';

const NO_TYPES = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;

/** The value of an expression in a node’s description, as n8n’s editor computes it from the node’s parameters. */
export function valueInEditor(expression: string, parameters: INodeParameters): unknown {
	const node = {
		id: '1',
		name: 'Node',
		type: 'test.node',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: NO_TYPES,
	});
	return workflow.expression.getSimpleParameterValue(node, expression, 'internal', {});
}
