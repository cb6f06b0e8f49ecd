import type { Sentences } from './operation';

/** What a charger's answer to a power limit means; the same for stations, connectors and transactions. */
export const SET_LIMIT_SENTENCES: Sentences<'setStationPowerLimit'> = {
	Accepted: 'The charger accepted the power limit.',
};

/** `Unknown` is OCPP's answer if nothing matched (K10.FR.01). That is a success: the limit no longer exists. */
export const CLEAR_LIMIT_SENTENCES: Sentences<'clearStationPowerLimit'> = {
	Accepted: 'The charger cleared the power limit.',
	Unknown: 'The charger has no such power limit: there was nothing to clear.',
};
