import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type Credential, type NodeRun } from './engine.mts';

export { byId } from './byId.mts';

/** What a run of the node needs in addition to the operation's parameters. */
export interface RunOptions {
	/** The version of the node; the newest if none is given. */
	typeVersion?: number;
	credential: Credential;
	items?: IDataObject[];
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	/** The workflow's time zone. */
	timezone?: string;
	onStart?: (cancel: () => void) => void;
}

/** How to run each `resource:operation` of a node in n8n's engine. */
export const runnerOf =
	<Operation extends string>(type: string) =>
	(
		operation: Operation,
		parameters: Record<string, unknown>,
		options: RunOptions,
	): Promise<NodeRun> => {
		const [resource, name] = operation.split(':');
		return runNode({
			type,
			parameters: { resource, operation: name, ...parameters } as INodeParameters,
			...options,
		});
	};

/** Runs an operation of Charger Operations. */
export const runOperation =
	runnerOf<`${'chargingStation' | 'connector'}:${string}`>('chargerOperations');
