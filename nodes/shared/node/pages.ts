import type { ApiRequest } from '../chargeye/request';

/** More pages than an account fills; a list without an end must come to one. */
const MAX_PAGES = 1000;

/** The API's list of pages has no end. */
export class PagingError extends Error {
	name = 'PagingError';

	readonly description =
		'Nothing was changed. Try again later. In Get Many, narrow the time range, or turn Return All off and set a Limit.';
}

/** A look-up in pages: see `PreparedLookUp`. */
interface Pages<R, T> {
	request: R;
	items(body: unknown): T[];
	next?(body: unknown): R | undefined;
	limit?: number;
}

/**
 * Sends a request, and those of the pages that follow, until there are no more or enough items.
 * @throws PagingError instead of reading a page twice, or pages without end; what `send`, `items` and `next` throw
 */
export async function collectItems<R extends ApiRequest, T>(
	{ request, items, next, limit = Infinity }: Pages<R, T>,
	send: (request: R) => Promise<unknown>,
): Promise<T[]> {
	const collected: T[] = [];
	const read = new Set<string>();
	for (let page: R | undefined = request; page !== undefined; ) {
		const key = JSON.stringify(page);
		if (read.has(key)) {
			throw new PagingError(
				'ChargEye’s list of pages has no end: it asks for a page that was read already',
			);
		}
		if (read.size === MAX_PAGES) {
			throw new PagingError(
				`ChargEye’s list has more than ${MAX_PAGES.toLocaleString('en')} pages`,
			);
		}
		read.add(key);
		const body = await send(page);
		for (const item of items(body)) collected.push(item);
		page = collected.length < limit ? next?.(body) : undefined;
	}
	return collected.slice(0, limit);
}
