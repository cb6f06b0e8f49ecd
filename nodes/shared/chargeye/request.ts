import type { IDataObject } from 'n8n-workflow';

import type { BodyOf, EndpointKey } from './contract';
import type { HttpMethod } from './endpoints';
import type { operations } from './types';

/**
 * A request as an operation builds it, without the account's base URL and Endpoint Overrides: the values of the path's
 * placeholders, the query and the body that the contract defines for the endpoint.
 */
export type ApiRequest<K extends EndpointKey = EndpointKey> = {
	[Key in K]: { endpoint: Key } & Pick<operations[Key]['parameters'], 'path' | 'query'> &
		([BodyOf<Key>] extends [never] ? { body?: never } : { body: BodyOf<Key> });
}[K];

/** A request as it is sent; never contains a token. */
export interface SentRequest {
	method: HttpMethod;
	url: string;
	body?: IDataObject;
}
