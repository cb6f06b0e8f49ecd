import {
	InvalidRequestError,
	StationFailedError,
	StationUnreachableError,
} from '../csms/stationErrors.mts';
import { HttpError } from './httpError.mts';
import type { Handlers } from './openApiServer.mts';

/**
 * A station that cannot be reached becomes HTTP 504, one that answers with an error HTTP 502, and a request that OCPP does not
 * allow HTTP 400.
 */
export function withGatewayErrors(handlers: Handlers): Handlers {
	return Object.fromEntries(
		Object.entries(handlers).map(([operationId, handler]) => [
			operationId,
			async (request: never) => {
				try {
					return await handler(request);
				} catch (error) {
					if (error instanceof StationUnreachableError) throw new HttpError(504, error.message);
					if (error instanceof StationFailedError) throw new HttpError(502, error.message);
					if (error instanceof InvalidRequestError) throw new HttpError(400, error.message);
					throw error;
				}
			},
		]),
	);
}
