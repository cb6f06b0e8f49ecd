import { CredentialError, readEndpoints } from '../../nodes/shared/chargeye/account.ts';
import { PLACEHOLDER, placeholdersOf } from '../../nodes/shared/chargeye/endpoints.ts';
import { endpointOf, type Match } from './match.mts';

/**
 * The Endpoint Overrides for all operations whose method or path differs, such as `{restartStation: "POST /reset/{stationId}"}`,
 * as far as the credential accepts them, and warnings about them in sentences.
 */
export function overridesFor(matches: Match[]) {
	const endpoints: Record<string, string> = {};
	const warnings = new Set<string>();
	for (const { ours, vendors } of matches) {
		const { operationId: key = '' } = ours;
		const names = ourNames(ours.path, vendors.path);
		const endpoint = endpointOf(vendors).replace(
			PLACEHOLDER,
			(all, name: string) => names.get(name) ?? all,
		);
		if (endpoint === endpointOf(ours)) continue;
		try {
			readEndpoints({ [key]: endpoint });
			endpoints[key] = endpoint;
			for (const [theirs, our] of names) {
				warnings.add(
					`Check that the vendor’s {${theirs}} is our ${our}: only its position says so.`,
				);
			}
		} catch (error) {
			if (!(error instanceof CredentialError)) throw error;
			warnings.add(`No override can express ${endpoint}: ${error.message}`);
		}
	}
	return { endpoints, warnings: [...warnings] };
}

/** Our placeholders by the vendor's names, where these differ: matched by position if both paths have as many. */
function ourNames(ourPath: string, vendorsPath: string): Map<string, string> {
	const [our, theirs] = [placeholdersOf(ourPath), placeholdersOf(vendorsPath)];
	const free = our.filter((name) => !theirs.includes(name));
	const strange = theirs.filter((name) => !our.includes(name));
	if (free.length !== strange.length) return new Map();
	return new Map(strange.map((name, index) => [name, `{${free[index]}}`]));
}
