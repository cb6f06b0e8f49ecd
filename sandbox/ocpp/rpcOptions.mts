import { randomUUID } from 'node:crypto';
import { OCPP_PROTOCOL } from './messages.mts';

/**
 * ocpp-rpc's options for both sides: strict mode, and one outstanding call per direction, as OCPP-J
 * requires. Calls made meanwhile wait for their turn.
 */
export const RPC_OPTIONS = {
	protocols: [OCPP_PROTOCOL],
	strictMode: true,
	strictModeValidators: [],
	callConcurrency: 1,
	pingIntervalMs: 30_000,
	deferPingsOnActivity: true,
	respondWithDetailedErrors: false,
	maxBadMessages: 10,
};

/** The longest message of a WebSocket. The API takes bodies of 2 MB, and a message has little more around a profile. */
export const MAX_PAYLOAD = 4_000_000;

/** How the simulated stations of this process name themselves to a server. */
export const OWN_USER_AGENT = `charger-operations-sandbox/${randomUUID()}`;

/** Closes the connection of a station that another one replaces. */
export const REPLACED = 4001;
