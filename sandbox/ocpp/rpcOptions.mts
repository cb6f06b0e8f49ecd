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
