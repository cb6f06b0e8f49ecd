import { credentialsFor } from '../../host/credentials.mts';
import { runnerOf, type RunOptions } from './chargerOperations.mts';
import type { NodeRun } from './engine.mts';
import type { Site } from './site.mts';

type Operation =
	| `${'chargingStation' | 'connector'}:${'setProfile' | 'clearProfile'}`
	| `schedule:${string}`;

/** Runs an operation of Smart Charging Profile. */
export const runProfileOperation = runnerOf<Operation>('smartChargingProfile');

/** The same, by default with the site's access token, and with a profile to set that is given by fields. */
export const profileRunner =
	(site: Site) =>
	(
		operation: Operation,
		parameters: Record<string, unknown>,
		options: Partial<RunOptions> = {},
	): Promise<NodeRun> =>
		runProfileOperation(
			operation,
			{ specifyProfile: 'fields', ...parameters },
			{
				credential: credentialsFor(site).accessToken(),
				...options,
			},
		);
