import type { AnswerOf, EndpointKey } from '../chargeye/contract';
import type { ApiRequest } from '../chargeye/request';

/** More pages than an account fills; a list without an end must come to one. */
const MAX_PAGES = 1000;

/** The API's list of pages has no end. */
export class PagingError extends Error {
	name = 'PagingError';

	readonly description =
		'Nothing was changed. Try again later. In Get Many, narrow the time range, or turn Return All off and set a Limit.';
}

/** A look-up, whose answer can come in pages. */
export interface Pages<K extends EndpointKey, T> {
	request: ApiRequest<K>;
	/**
	 * The items of the API's answer.
	 * @throws NotFoundError if what was asked for is not among them
	 */
	items(body: AnswerOf<K>): T[];
	/** The request of the page after this answer's, for what comes in pages; undefined after the last. */
	next?(body: AnswerOf<K>): ApiRequest<K> | undefined;
	/** The most items that are wanted. */
	limit?: number;
}

/**
 * Sends a request, and those of the pages that follow, until there are no more or enough items.
 * @throws PagingError instead of reading a page twice, or pages without end; what `send`, `items` and `next` throw
 */
export async function collectItems<K extends EndpointKey, T>(
	{ request, items, next, limit = Infinity }: Pages<K, T>,
	send: (request: ApiRequest<K>) => Promise<AnswerOf<K>>,
): Promise<T[]> {
	const collected: T[] = [];
	const read = new Set<string>();
	for (let page: ApiRequest<K> | undefined = request; page !== undefined; ) {
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
