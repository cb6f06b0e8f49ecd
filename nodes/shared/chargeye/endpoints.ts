import type { EndpointKey } from './contract';

/**
 * Every endpoint of the Charger Operations API that this package uses: the only place with a method or a path.
 * A test compares it with openapi.yaml.
 */

export type HttpMethod = 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';

/** The shape of an endpoint's answer; see answers.ts. */
export type AnswerKind = 'set' | 'clear' | 'fromStation' | 'start' | 'stop' | 'read';

export interface Endpoint {
	method: HttpMethod;
	/** Below the base URL, with `{placeholders}`. */
	path: string;
	/**
	 * Where method and path come from: the vendor's public reference shows them (`documented`), or they follow
	 * the documented ones by analogy (`inferred`) and may need an Endpoint Override in the credential.
	 */
	source: 'documented' | 'inferred';
	answer: AnswerKind;
}

const STATION = '/chargingStations/{stationId}';
const CONNECTOR = `${STATION}/evse/{evseId}`;
const TRANSACTION = '/transactions/{txId}';

// prettier-ignore
export const ENDPOINTS = {
	refreshAccessToken:          { method: 'GET',    path: '/auth/refreshAccessToken',         source: 'documented', answer: 'read' },
	listLocations:               { method: 'GET',    path: '/locations',                       source: 'documented', answer: 'read' },
	listStations:                { method: 'GET',    path: '/stations',                        source: 'documented', answer: 'read' },
	listStationTransactions:     { method: 'GET',    path: `${STATION}/transactions`,          source: 'documented', answer: 'read' },
	listTransactions:            { method: 'GET',    path: '/transactions',                    source: 'inferred',   answer: 'read' },
	getTransaction:              { method: 'GET',    path: TRANSACTION,                        source: 'inferred',   answer: 'read' },

	setStationChargingProfile:   { method: 'PUT',    path: `${STATION}/chargingProfile`,       source: 'documented', answer: 'set' },
	clearStationChargingProfile: { method: 'DELETE', path: `${STATION}/chargingProfile`,       source: 'inferred',   answer: 'clear' },
	restartStation:              { method: 'POST',   path: `${STATION}/restart`,               source: 'inferred',   answer: 'fromStation' },
	setStationPowerLimit:        { method: 'PUT',    path: `${STATION}/powerLimit`,            source: 'inferred',   answer: 'set' },
	clearStationPowerLimit:      { method: 'DELETE', path: `${STATION}/powerLimit`,            source: 'inferred',   answer: 'clear' },

	setConnectorChargingProfile: { method: 'PUT',    path: `${CONNECTOR}/chargingProfile`,     source: 'inferred',   answer: 'set' },
	changeConnectorAvailability: { method: 'PUT',    path: `${CONNECTOR}/availability`,        source: 'inferred',   answer: 'fromStation' },
	setConnectorPowerLimit:      { method: 'PUT',    path: `${CONNECTOR}/powerLimit`,          source: 'inferred',   answer: 'set' },
	clearConnectorPowerLimit:    { method: 'DELETE', path: `${CONNECTOR}/powerLimit`,          source: 'inferred',   answer: 'clear' },

	startTransaction:            { method: 'POST',   path: `${CONNECTOR}/startTransaction`,    source: 'inferred',   answer: 'start' },
	stopTransaction:             { method: 'POST',   path: `${TRANSACTION}/stop`,              source: 'inferred',   answer: 'stop' },
	setTransactionPowerLimit:    { method: 'PUT',    path: `${TRANSACTION}/powerLimit`,        source: 'inferred',   answer: 'set' },
	clearTransactionPowerLimit:  { method: 'DELETE', path: `${TRANSACTION}/powerLimit`,        source: 'inferred',   answer: 'clear' },
} as const satisfies Record<EndpointKey, Endpoint>;

/** The endpoints that command a charger. */
export type CommandKey = {
	[K in EndpointKey]: (typeof ENDPOINTS)[K]['answer'] extends 'read' ? never : K;
}[EndpointKey];

export const isEndpointKey = (key: string): key is EndpointKey => Object.hasOwn(ENDPOINTS, key);

/**
 * True if repeating the operation does no harm: for all operations but start, stop and restart. An Endpoint Override
 * with another method does not change that.
 */
export const isIdempotent = (key: EndpointKey): boolean => ENDPOINTS[key].method !== 'POST';

/** A placeholder in a path. */
export const PLACEHOLDER = /\{([^{}]*)\}/g;

/** The placeholders of a path, in order: `/a/{stationId}/b` → `['stationId']`. */
export const placeholdersOf = (path: string): string[] =>
	[...path.matchAll(PLACEHOLDER)].map(([, name]) => name);

/** A path with its placeholders filled in, each value as one percent-encoded segment. */
export const fillPath = (path: string, values: Record<string, string | number>): string =>
	path.replace(PLACEHOLDER, (_, name: string) => encodeURIComponent(values[name]));
