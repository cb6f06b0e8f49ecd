import { CredentialError, readEndpoints } from '../../nodes/shared/chargeye/account.ts';
import type { Match } from './matchOperations.mts';
import { endpointOf, renamePlaceholders } from './placeholders.mts';

export interface Overrides {
	/** What to paste into the credential's Endpoint Overrides: `{"<operation key>": "PUT /other/{stationId}"}`. */
	endpoints: Record<string, string>;
	/** The vendor's placeholders by operation that were assigned by their position alone. */
	unsure: Array<{ key: string; placeholders: string[] }>;
	/** Endpoints that no override can express, each with the credential's own reason. */
	refused: string[];
}

/** The Endpoint Overrides for all operations whose method or path differs; the credential takes each of them. */
export function overridesFor(matches: Match[]): Overrides {
	const overrides: Overrides = { endpoints: {}, unsure: [], refused: [] };
	for (const match of matches) {
		const { operationId: key = '', method, path } = match.ours;
		const endpoint = endpointOf(match);
		if (endpoint === `${method} ${path}`) continue;
		try {
			readEndpoints({ [key]: endpoint });
		} catch (error) {
			if (!(error instanceof CredentialError)) throw error;
			overrides.refused.push(`${endpoint}: ${error.message}`);
			continue;
		}
		overrides.endpoints[key] = endpoint;
		const { byPosition } = renamePlaceholders(match.vendors.path, path);
		if (byPosition.length > 0) overrides.unsure.push({ key, placeholders: byPosition });
	}
	return overrides;
}
