import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest } from '../chargeye/request';
import type { PreparedLookUp } from './operation';

/** The API gives the same page again and again. */
export class PagingError extends Error {
	name = 'PagingError';

	constructor() {
		super('ChargEye’s list of pages has no end: it asks for a page that was read already');
	}

	readonly description =
		'Nothing was changed. Try again later. In Get Many, narrow the time range, or turn Return All off and set a Limit.';
}

/** A look-up in pages: see `PreparedLookUp`. */
type Pages<T> = Omit<PreparedLookUp, 'items'> & { items(body: unknown): T[] };

/**
 * Sends a request, and those of the pages that follow, until there are no more or enough items.
 * @throws PagingError instead of reading a page twice; what `send` and `items` throw
 */
export async function collectItems<T = IDataObject>(
	{ request, items, next, limit = Infinity }: Pages<T>,
	send: (request: ApiRequest) => Promise<unknown>,
): Promise<T[]> {
	const collected: T[] = [];
	const read = new Set<string>();
	for (let page: ApiRequest | undefined = request; page !== undefined; ) {
		const key = JSON.stringify(page);
		if (read.has(key)) throw new PagingError();
		read.add(key);
		const body = await send(page);
		for (const item of items(body)) collected.push(item);
		page = collected.length < limit ? next?.(body) : undefined;
	}
	return collected.slice(0, limit);
}
