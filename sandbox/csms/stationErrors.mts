/** The command never reached the station, or no answer came back. */
export class StationUnreachableError extends Error {}

/** The station answered with an OCPP CALLERROR, or broke the protocol. */
export class StationFailedError extends Error {}
