import type { INode, INodeParameters } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../host/credentials.mts';
import type { WorkflowFile } from '../host/n8nClient.mts';
import { workflowOf } from '../host/workflows.mts';

/** Name of the measured node in every workflow. */
export const MEASURED = 'Measured';

type Measured = Pick<INode, 'type' | 'typeVersion' | 'parameters' | 'onError'>;

/** A workflow of `count` items, each with its own station and limit, and the measured node. */
export function workflowFor(count: number, stations: number, measured: Measured): WorkflowFile {
	const item = `({ stationId: 'S-' + (i % ${stations}), kw: (i % 200) / 10 })`;
	const workflow = workflowOf(
		{
			name: 'List',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: `={{ { list: Array.from({ length: ${count} }, (_, i) => ${item}) } }}`,
				options: {},
			},
		},
		{
			name: 'Items',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'list', options: {} },
		},
		{ name: MEASURED, credentials: { [CREDENTIAL_TYPE]: { id: '', name: '' } }, ...measured },
	);
	return { ...workflow, name: `Bench ${measured.type} ${count}` };
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

/** The same, with expressions that only n8n can evaluate; the node reads a plain `$json.kw` itself. */
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
		nodeCredentialType: CREDENTIAL_TYPE,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ { limit: { acMaxPowerKw: $json.kw } } }}',
		options,
	},
});

/** n8n's Edit Fields with the same two expressions: the time that n8n itself takes, without requests. */
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
