import type { Fields } from './fields.mts';
import type { Match } from './matchOperations.mts';
import { renamePlaceholders, withOurNames } from './placeholders.mts';
import type { Parameter } from './readContract.mts';

export interface Difference {
	part: 'method' | 'path' | 'parameters' | 'body' | 'answer';
	/** Where in that part; empty for method and path. */
	at: string;
	/** What our contract says of it; undefined when it does not have it. */
	ours?: string;
	vendors?: string;
}

/**
 * Every difference between two operations in what is sent and what comes back.
 * Texts, examples and defaults do not count, nor how a placeholder is called: neither changes a message.
 */
export function compareOperations({
	ours,
	vendors,
}: Pick<Match, 'ours' | 'vendors'>): Difference[] {
	const renaming = renamePlaceholders(vendors.path, ours.path);
	const path = withOurNames(vendors.path, renaming);
	const nameOf = (one: Parameter) =>
		(one.in === 'path' ? renaming.names.get(one.name) : undefined) ?? one.name;
	const parameters = vendors.parameters.map((one) => ({ ...one, name: nameOf(one) }));
	return [
		...differences('method', new Map([['', ours.method]]), new Map([['', vendors.method]])),
		...differences('path', new Map([['', ours.path]]), new Map([['', path]])),
		...differences('parameters', parameterFields(ours.parameters), parameterFields(parameters)),
		...differences('body', ours.body, vendors.body),
		...differences('answer', ours.answer, vendors.answer),
	];
}

const parameterFields = (parameters: Parameter[]): Fields =>
	new Map(
		parameters.flatMap(({ name, in: place, fields }) =>
			[...fields].map(([at, words]) => [
				at === '(whole)' ? `${name} (${place})` : `${name} (${place}) ${at}`,
				words,
			]),
		),
	);

function differences(part: Difference['part'], ours: Fields, vendors: Fields): Difference[] {
	const found = [...new Set([...ours.keys(), ...vendors.keys()])]
		.map((at) => ({ part, at, ours: ours.get(at), vendors: vendors.get(at) }))
		.filter((one) => one.ours !== one.vendors);
	// What lacks a value lacks all that is in it.
	const lacking = found.filter((one) => one.ours === undefined || one.vendors === undefined);
	const isIn = (at: string, outer: string) =>
		outer === '(whole)' || /^[ .[]/.test(at.startsWith(outer) ? at.slice(outer.length) : '');
	return found.filter(
		(one) =>
			!lacking.includes(one) || !lacking.some((outer) => outer !== one && isIn(one.at, outer.at)),
	);
}
