import type { INodeParameters } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import type { RunOptions } from './chargerOperations.mts';
import { runNode, type NodeRun } from './engine.mts';
import type { Site } from './site.mts';

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

/** The same with the site's access token, unless the options say otherwise. */
export const profileRunner =
	(site: Site) =>
	(
		operation: Parameters<typeof runProfileOperation>[0],
		parameters: Record<string, unknown>,
		options: Partial<RunOptions> = {},
	): Promise<NodeRun> =>
		runProfileOperation(operation, parameters, {
			credential: credentialsFor(site).accessToken(),
			...options,
		});
