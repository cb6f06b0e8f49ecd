import type { components, operations } from './types';

/** The key of an operation: its `operationId` in openapi.yaml, and its name in Endpoint Overrides. */
export type EndpointKey = keyof operations;

/** A schema of the contract, by its name there. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** The values of the placeholders in an operation's path. */
export type PathOf<K extends EndpointKey> = NonNullable<operations[K]['parameters']['path']>;

/** The query that an operation takes. */
export type QueryOf<K extends EndpointKey> = NonNullable<operations[K]['parameters']['query']>;

/** The JSON body that an operation takes; `never` if it takes none. */
export type BodyOf<K extends EndpointKey> = operations[K] extends {
	requestBody: { content: { 'application/json': infer Json } };
}
	? Json
	: never;

/** The JSON of an operation's answer with status 200, as the contract promises it. */
export type PromisedAnswerOf<K extends EndpointKey> = operations[K]['responses'] extends {
	200: { content: { 'application/json': infer Json } };
}
	? Json
	: never;

/** The JSON of an operation's answer as it came over the network. */
export type AnswerOf<K extends EndpointKey> = Received<PromisedAnswerOf<K>> | null | undefined;

/**
 * An object of the contract as it came over the network. Only the fields of the contract can be read, so that a misspelt
 * name does not compile. But nothing is certain about their values: each may be missing or null, a list may not be a
 * list, and a text or a number may be anything. Code that reads them has to check.
 */
export type Received<T> = {
	[Name in keyof T as string extends Name ? never : Name]?: ReceivedValue<NonNullable<T[Name]>>;
};

type ReceivedValue<T> = [T] extends [ReadonlyArray<infer Entry>]
	? ReadonlyArray<ReceivedValue<NonNullable<Entry>>> | string | number | boolean | null
	: [T] extends [object]
		? keyof Received<T> extends never
			? unknown
			: Received<T> | null
		: unknown;

/** An object in a list that came over the network. */
export type EntryOf<List> =
	Extract<List, readonly unknown[]> extends ReadonlyArray<infer Entry> ? NonNullable<Entry> : never;

/** What a charger can answer to a command, whatever field of the endpoint's answer it is in. */
export type VerdictOf<K extends EndpointKey> = VerdictIn<PromisedAnswerOf<K>>;

type VerdictIn<Json> = Json extends
	| { response: infer Verdict }
	| { responseFromStation: infer Verdict }
	| { transactionStartResponse: { status: infer Verdict } }
	| { transactionStopResponse: { status: infer Verdict } }
	? Verdict & string
	: never;
