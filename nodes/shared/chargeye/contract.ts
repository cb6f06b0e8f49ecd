import type { components, operations } from './types';

/** The key of an operation: its `operationId` in openapi.yaml, and its name in Endpoint Overrides. */
export type EndpointKey = keyof operations;

/** A schema of the contract, by its name there. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** The query that an operation takes. */
export type QueryOf<K extends EndpointKey> = NonNullable<operations[K]['parameters']['query']>;

/** The JSON body that an operation takes; never where it takes none. */
export type BodyOf<K extends EndpointKey> = operations[K] extends {
	requestBody: { content: { 'application/json': infer Json } };
}
	? Json
	: never;
