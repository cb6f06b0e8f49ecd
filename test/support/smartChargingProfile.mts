import type { INodeParameters } from 'n8n-workflow';

import type { RunOptions } from './chargerOperations.mts';
import { runNode, type NodeRun } from './engine.mts';

/** Runs `resource:operation` of Smart Charging Profile in n8n's engine. */
export function runProfileOperation(
	operation:
		| `${'chargingStation' | 'connector'}:${'setProfile' | 'clearProfile'}`
		| `schedule:${string}`,
	parameters: Record<string, unknown>,
	options: RunOptions,
): Promise<NodeRun> {
	const [resource, name] = operation.split(':');
	return runNode({
		type: 'smartChargingProfile',
		parameters: { resource, operation: name, ...parameters } as INodeParameters,
		...options,
	});
}
