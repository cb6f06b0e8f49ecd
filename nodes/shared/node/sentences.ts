import type { Sentences } from './operation';

/** What a charger's answer to a power limit means, for stations, connectors and transactions alike. */
export const SET_LIMIT_SENTENCES: Sentences<'setStationPowerLimit'> = {
	Accepted: 'The charger accepted the power limit.',
};

/** `Unknown` is OCPP's answer when nothing matched (K10.FR.01): the limit is gone, as was wanted. */
export const CLEAR_LIMIT_SENTENCES: Sentences<'clearStationPowerLimit'> = {
	Accepted: 'The charger cleared the power limit.',
	Unknown: 'The charger holds no such power limit: there was nothing to clear.',
};
