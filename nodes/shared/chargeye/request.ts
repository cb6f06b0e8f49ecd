import type { IDataObject } from 'n8n-workflow';

import type { BodyOf, EndpointKey } from './contract';
import type { HttpMethod } from './endpoints';
import type { operations } from './types';

/**
 * What an operation wants sent, before an account's base URL and Endpoint Overrides are known: the values of the path's
 * placeholders, the query and the body, as the contract has them for its endpoint.
 */
export type ApiRequest<K extends EndpointKey = EndpointKey> = {
	[Key in K]: { endpoint: Key } & Pick<operations[Key]['parameters'], 'path' | 'query'> &
		([BodyOf<Key>] extends [never] ? { body?: never } : { body: BodyOf<Key> });
}[K];

/** A request as it goes out; never holds a token. */
export interface SentRequest {
	method: HttpMethod;
	url: string;
	body?: IDataObject;
}
