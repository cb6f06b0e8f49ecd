import type { EndpointKey } from './contract';

/**
 * OCPP 2.0.1 reason codes (part 2, appendix 5) in an operator's words: what the code means, and what to do.
 * Chargers may send other codes, which are shown unchanged.
 */
const REASONS: Record<string, string> = {
	CSNotAccepted: 'The charger has not been accepted by ChargEye yet. Finish its commissioning.',
	DuplicateProfile:
		'The charger already has another profile with the same purpose and stack level. Clear that one, or use its charging profile ID or another stack level. Profiles with IDs from 3000 to 5282 are power limits: Clear Power Limit removes them.',
	DuplicateRequestId: 'The charger has seen this request before. Send it again.',
	FixedCable: 'The connector has a fixed cable.',
	InternalError:
		'The charger had an internal error. Try again; if the error remains, restart the charger.',
	InvalidProfile:
		'The charger finds the charging profile invalid. Check purpose, kind and validity.',
	InvalidSchedule:
		'The charger finds the schedule invalid. Check its periods, their limits and the unit.',
	InvalidStackLevel:
		'The stack level is higher than the charger supports. Use a lower Stack Level.',
	InvalidValue: 'The charger refuses one of the values. Check the limit and the options.',
	NoCable: 'No cable is connected. Ask the driver to plug in.',
	NotEnabled: 'This function is switched off on the charger.',
	NotFound: 'The charger did not find what the command refers to.',
	OutOfMemory: 'The charger has no memory left. Clear charging profiles that are not needed.',
	OutOfStorage: 'The charger has no storage left. Clear charging profiles that are not needed.',
	TooManyElements: 'The schedule has more periods than the charger supports. Use fewer.',
	TxInProgress: 'A transaction is running. Stop it first, or wait for its end.',
	TxNotFound: 'The charger does not know this transaction. It may have ended.',
	UnknownEvse: 'The charger has no such connector. Choose it from the list.',
	UnknownConnectorId: 'The charger has no such connector. Choose it from the list.',
	UnknownTxId: 'The charger does not know this transaction. It may have ended.',
	UnspecifiedReason: 'The charger gives no reason.',
	UnsupportedParam: 'The charger does not support one of the options.',
	UnsupportedRateUnit:
		'The charger does not support limits in this unit. Choose another Limit Type or Rate Unit: power (kW, W) instead of current (A), or the other way round.',
	UnsupportedRequest: 'The charger does not support this command.',
	ValueOutOfRange: 'A value is outside what the charger supports. Check the limit.',
	ValueTooHigh: 'A value is higher than the charger supports. Check the limit.',
	ValueTooLow: 'A value is lower than the charger supports. Check the limit.',
	WriteOnly: 'The value can only be written.',
};

const DUPLICATE_OF_POWER_LIMIT =
	'The charger already has a charging profile with the same purpose and stack level. Remove it with Clear of Smart Charging Profile, or choose another Stack Level in the options.';

/** The meaning of reason codes for single endpoints for which a more precise sentence is known. */
const REASONS_OF: Partial<Record<EndpointKey, Record<string, string>>> = {
	restartStation: { TxInProgress: 'A transaction is running. Stop it first, or choose On Idle.' },
	startTransaction: {
		TxInProgress:
			'A transaction is already running on this connector. Stop it first, or choose another connector.',
	},
	setStationPowerLimit: { DuplicateProfile: DUPLICATE_OF_POWER_LIMIT },
	setConnectorPowerLimit: { DuplicateProfile: DUPLICATE_OF_POWER_LIMIT },
	setTransactionPowerLimit: { DuplicateProfile: DUPLICATE_OF_POWER_LIMIT },
};

/** The IDs under which ChargEye stores power limits as charging profiles, by its API reference. */
const POWER_LIMIT_IDS = { from: 3000, to: 5282 };

/** The ID of a power limit that a charger’s own words name: "Profile 3000 has the same purpose …". */
const powerLimitIn = (text: string): string | undefined =>
	text
		.match(/\b\d{4}\b/g)
		?.find((id) => POWER_LIMIT_IDS.from <= Number(id) && Number(id) <= POWER_LIMIT_IDS.to);

/**
 * The plain sentence for a reason code.
 * @param additionalInfo the charger’s own words, which can name the profile that is in the way
 * @returns undefined for a code that OCPP does not define
 */
export function reasonSentence(
	reasonCode: string,
	endpoint?: EndpointKey,
	additionalInfo = '',
): string | undefined {
	const powerLimit = reasonCode === 'DuplicateProfile' ? powerLimitIn(additionalInfo) : undefined;
	if (powerLimit !== undefined) {
		return `The charger has a power limit with the same purpose and stack level: charging profile ${powerLimit}. Clear Power Limit removes it; or choose another Stack Level.`;
	}
	const ofEndpoint = endpoint && REASONS_OF[endpoint];
	return [ofEndpoint ?? {}, REASONS].find((reasons) => Object.hasOwn(reasons, reasonCode))?.[
		reasonCode
	];
}
