import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type Credential, type NodeRun } from './engine.mts';

/** A resource locator's value, given by ID. */
export const byId = (value: unknown) =>
	({ __rl: true, mode: 'id', value }) as unknown as INodeParameters;

/** What a run of the node needs beside the operation's own parameters. */
export interface RunOptions {
	credential: Credential;
	items?: IDataObject[];
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	/** The workflow's time zone. */
	timezone?: string;
	onStart?: (cancel: () => void) => void;
}

/** Runs `resource:operation` of Charger Operations in n8n's engine. */
export function runOperation(
	operation: `${'chargingStation' | 'connector'}:${string}`,
	parameters: Record<string, unknown>,
	options: RunOptions,
): Promise<NodeRun> {
	const [resource, name] = operation.split(':');
	return runNode({
		type: 'chargerOperations',
		parameters: { resource, operation: name, ...parameters } as INodeParameters,
		...options,
	});
}
