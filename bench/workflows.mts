import type { INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowFile } from '../host/n8nClient.mts';

/** The node that is measured has this name in every workflow. */
export const MEASURED = 'Measured';

type Measured = Pick<INode, 'type' | 'typeVersion' | 'parameters' | 'onError'>;

/** `count` items with a station and a limit of their own, and the node that is measured. */
export function workflowFor(count: number, stations: number, measured: Measured): WorkflowFile {
	const item = `({ stationId: 'S-' + (i % ${stations}), kw: (i % 200) / 10 })`;
	const node = (name: string, type: string, typeVersion: number, parameters: INodeParameters) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters,
	});
	return {
		name: `Bench ${measured.type} ${count}`,
		nodes: [
			node('Start', 'manualTrigger', 1, {}),
			node('List', 'set', 3.4, {
				mode: 'raw',
				jsonOutput: `={{ { list: Array.from({ length: ${count} }, (_, i) => ${item}) } }}`,
				options: {},
			}),
			node('Items', 'splitOut', 1, { fieldToSplitOut: 'list', options: {} }),
			{
				id: MEASURED,
				name: MEASURED,
				position: [0, 0],
				credentials: { chargeEyeApi: { id: '', name: '' } },
				...measured,
			},
		],
		connections: {
			Start: { main: [[{ node: 'List', type: 'main', index: 0 }]] },
			List: { main: [[{ node: 'Items', type: 'main', index: 0 }]] },
			Items: { main: [[{ node: MEASURED, type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/** Charger Operations: Set Power Limit with expressions in station and value. */
export const ours = (options: INodeParameters = {}): Measured => ({
	type: 'n8n-nodes-charger-operations.chargerOperations',
	typeVersion: 1,
	parameters: {
		resource: 'chargingStation',
		operation: 'setPowerLimit',
		stationId: { __rl: true, mode: 'id', value: '={{ $json.stationId }}' },
		limitType: 'acMaxPowerKw',
		limitValue: '={{ $json.kw }}',
		options,
	},
});

/** The same, with expressions that only n8n can evaluate: the node takes `$json.kw` itself. */
export const oursEvaluated = (): Measured => {
	const measured = ours();
	const stationId = { __rl: true, mode: 'id', value: '={{ $json.stationId.trim() }}' };
	const parameters = { ...measured.parameters, stationId, limitValue: '={{ $json.kw + 0 }}' };
	return { ...measured, parameters };
};

/** n8n's HTTP Request with expressions in URL and body: what a user would build without this package. */
export const httpRequest = (
	baseUrl: string,
	options: INodeParameters = {},
	onError?: INode['onError'],
): Measured => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	onError,
	parameters: {
		method: 'PUT',
		url: `=${baseUrl}/chargingStations/{{ $json.stationId }}/powerLimit`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'chargeEyeApi',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ { limit: { acMaxPowerKw: $json.kw } } }}',
		options,
	},
});

/** n8n's Edit Fields with the same two expressions: what n8n itself takes, without any request. */
export const editFields = (): Measured => ({
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		assignments: {
			assignments: [
				{ id: '1', name: 'station', type: 'string', value: '={{ $json.stationId }}' },
				{ id: '2', name: 'limit', type: 'number', value: '={{ $json.kw }}' },
			],
		},
		options: {},
	},
});
