/** The command never reached the station, or no answer came back. */
export class StationUnreachableError extends Error {}

/** The command was not sent, because the station is offline. */
export class StationOfflineError extends StationUnreachableError {}

/** The station answered with an OCPP CALLERROR, or broke the protocol. */
export class StationFailedError extends Error {}

/** The request is not valid by OCPP's schemas, and was not sent. */
export class InvalidRequestError extends Error {}
