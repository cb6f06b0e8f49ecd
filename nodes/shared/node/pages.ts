import type { AnswerOf, EndpointKey } from '../chargeye/contract';
import type { ApiRequest } from '../chargeye/request';

/** More pages than any account has: a limit for a list without an end. */
const MAX_PAGES = 1000;

/** The API's list of pages has no end. */
export class PagingError extends Error {
	name = 'PagingError';

	readonly description =
		'Nothing was changed. Try again later. In Get Many, narrow the time range, or turn Return All off and set a Limit.';
}

/** A look-up whose answer may come in pages. */
export interface Pages<K extends EndpointKey, T> {
	request: ApiRequest<K>;
	/**
	 * Reads the items in the API's answer.
	 * @throws NotFoundError if the object of the look-up is not among them
	 */
	items(body: AnswerOf<K>): T[];
	/** The request for the page after this answer, if the look-up has pages; undefined after the last page. */
	next?(body: AnswerOf<K>): ApiRequest<K> | undefined;
	/** The maximum number of items. */
	limit?: number;
	/** What may not be as the user expects in all the items that were read. */
	hint?(items: readonly T[]): string | undefined;
}

/**
 * Sends a request, and further ones for the next pages, until there are no more pages or enough items.
 * @throws PagingError if a page would be read twice, or if there are too many; and what `send`, `items` and `next` throw
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
				'ChargEye’s list of pages has no end: the next page is one that was read already',
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
