import { placeholdersOf } from '../../nodes/shared/chargeye/endpoints.ts';
import type { Operation } from './readContract.mts';
import { placeholderThings } from './words.mts';

export interface Renaming {
	/** Our names by the vendor's; a placeholder that we do not have keeps its name. */
	names: Map<string, string>;
	/** The vendor's whose name told nothing, so that only their place did. */
	byPosition: string[];
}

/** Which of our placeholders the vendor's are: by name, else by what they stand for, else by position. */
export function renamePlaceholders(vendorsPath: string, ourPath: string): Renaming {
	const things = placeholderThings(vendorsPath);
	const ourThings = placeholderThings(ourPath);
	let vendors = placeholdersOf(vendorsPath);
	let ours = placeholdersOf(ourPath);
	const names = new Map<string, string>();
	const pair = (theirs: string, our: string) => {
		names.set(theirs, our);
		vendors = vendors.filter((name) => name !== theirs);
		ours = ours.filter((name) => name !== our);
	};

	for (const name of vendors) if (ours.includes(name)) pair(name, name);
	for (const name of vendors) {
		const thing = things.get(name);
		const same = ours.filter((our) => thing !== undefined && ourThings.get(our) === thing);
		if (same.length === 1) pair(name, same[0]);
	}
	// Whose name says that it is something else is not meant, wherever it stands.
	const byPosition = vendors.filter((name) => things.get(name) === undefined);
	if (byPosition.length !== ours.length) return { names, byPosition: [] };
	byPosition.forEach((name) => pair(name, ours[0]));
	return { names, byPosition };
}

/** The vendor's path with our names of its placeholders. */
export const withOurNames = (path: string, { names }: Renaming): string =>
	path.replace(/\{([^{}]*)\}/g, (_, name: string) => `{${names.get(name) ?? name}}`);

/** The vendor's method and path, with our names of the placeholders: what an Endpoint Override holds. */
export const endpointOf = ({ ours, vendors }: { ours: Operation; vendors: Operation }): string =>
	`${vendors.method} ${withOurNames(vendors.path, renamePlaceholders(vendors.path, ours.path))}`;
