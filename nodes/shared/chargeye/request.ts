import type { IDataObject } from 'n8n-workflow';

import type { EndpointKey, HttpMethod } from './endpoints';

/** What an operation wants sent, before an account's base URL and Endpoint Overrides are known. */
export interface ApiRequest {
	endpoint: EndpointKey;
	/** Values of the path's placeholders. */
	path?: Record<string, string | number>;
	query?: Record<string, string | number>;
	body?: IDataObject;
}

/** A request as it goes out; never holds a token. */
export interface SentRequest {
	method: HttpMethod;
	url: string;
	body?: IDataObject;
}
