import { OperatorError } from '../../host/support/errors.mts';
import { PLACEHOLDER } from '../../nodes/shared/chargeye/endpoints.ts';
import type { Contract, Operation } from './readContract.mts';

export interface Match {
	ours: Operation;
	vendors: Operation;
	/** Why they count as the same operation. */
	reason: string;
}

export const endpointOf = ({ method, path }: Operation) => `${method} ${path}`;

/** Method and path, without the names of placeholders. */
const shapeOf = (one: Operation) => endpointOf(one).replace(PLACEHOLDER, '{}');

/** Whether a name is the operation's operationId, or its method and path. */
const isCalled = (operation: Operation, name?: string) =>
	name !== undefined && [operation.operationId, endpointOf(operation)].includes(name);

/**
 * Finds the vendor's operation for each of ours. If two could be the same, or none surely is, the operation stays
 * unmatched.
 *
 * @param decisions made by the user: our key, and the vendor's operationId or method and path
 * @throws OperatorError for a decision about an operation that does not exist
 */
export function matchOperations(
	ours: Operation[],
	vendors: Operation[],
	decisions = new Map<string, string>(),
) {
	// The surest reason first; operations that it matches are left out of the next ones.
	const evidence: Array<[reason: string, (one: Operation, other: Operation) => boolean]> = [
		['as you say', (one, other) => isCalled(other, decisions.get(one.operationId ?? ''))],
		['the vendor’s operationId', (one, other) => isCalled(other, one.vendorsId)],
		['same operationId', (one, other) => isCalled(other, one.operationId)],
		['same method and path', (one, other) => shapeOf(one) === shapeOf(other)],
	];
	const matches: Match[] = [];
	const without = (all: Operation[], side: 'ours' | 'vendors') =>
		all.filter((one) => !matches.some((match) => match[side] === one));
	for (const [reason, isSame] of evidence) {
		const pairs = without(ours, 'ours').flatMap((one) =>
			without(vendors, 'vendors')
				.filter((other) => isSame(one, other))
				.map((other) => ({ ours: one, vendors: other, reason })),
		);
		const rivals = (a: Match) => pairs.filter((b) => a.ours === b.ours || a.vendors === b.vendors);
		matches.push(...pairs.filter((pair) => rivals(pair).length === 1));
	}
	for (const [key, name] of decisions) {
		const match = matches.find(({ ours: { operationId } }) => operationId === key);
		if (match !== undefined && isCalled(match.vendors, name)) continue;
		throw new OperatorError(
			`--match ${key}=${name}: write one of our keys, and the operationId or "PUT /path" of one operation in the vendor’s file.`,
		);
	}
	return {
		matches: ours.flatMap((one) => matches.filter((match) => match.ours === one)),
		unmatchedOurs: without(ours, 'ours'),
		unmatchedVendors: without(vendors, 'vendors'),
	};
}

/**
 * The base URL of the vendor's file, and its operations with their paths below it. If all addresses are below our base
 * URL, that is the base URL, however the file divides addresses into servers and paths.
 *
 * @param ours such as `https://kempower.io/api`; a relative server is on its host
 */
export function onBaseUrl({ servers, operations }: Contract, ours: string) {
	const urls = (servers.length > 0 ? servers : [ours])
		.map((one) => (URL.canParse(one, ours) ? new URL(one, ours).href : one))
		.map((url) => url.replace(/\/+$/, ''));
	const url = urls.find((one) =>
		operations.every(({ path }) => `${one}${path}`.startsWith(`${ours}/`)),
	);
	if (url === undefined) return { baseUrl: urls[0], operations };
	const below = operations.map((one) => ({ ...one, path: `${url}${one.path}`.slice(ours.length) }));
	return { baseUrl: ours, operations: below };
}
