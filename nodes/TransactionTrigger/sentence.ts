import type { Transaction } from '../shared/chargeye/transactions';
import { rounded } from '../shared/charging/base/numbers';
import { isKnown, readNumber } from '../shared/polling/apiValues';
import { placeInWords, secondsInWords, type Place } from '../shared/polling/place';
import type { EventName } from './events';
import type { TransactionEvent } from './polling/transactionEvent';

/** Who or what limits the power, as in “limited by the grid”. */
const LIMITED_BY: Readonly<Record<string, string>> = {
	Charger: 'the charger',
	Grid: 'the grid',
	Queue: 'a queue',
	Shared: 'power sharing',
	Vehicle: 'the vehicle',
};

const hasCharged = ({ chargingStartTime, chargedEnergyKwh }: Transaction): boolean =>
	isKnown(chargingStartTime) || (readNumber(chargedEnergyKwh) ?? 0) > 0;

/** What has happened, in plain words. */
const HAPPENED: Readonly<Record<EventName, (event: TransactionEvent) => string>> = {
	transactionStarted: () => 'Transaction started',
	authorized: () => 'Driver authorized',
	chargingStarted: () => 'Charging started',
	powerLimited: ({ transaction: { powerLimitation } }) =>
		`Power limited by ${LIMITED_BY[powerLimitation ?? ''] ?? powerLimitation}`,
	energyReached: () => 'Energy reached',
	stateOfChargeReached: ({ transaction: { soc, socEnd } }) =>
		`State of charge of ${readNumber(soc) ?? readNumber(socEnd)} % reached`,
	chargingStopped: () => 'Charging stopped',
	alarm: () => 'Alarm',
	transactionEnded: ({ transaction }) =>
		hasCharged(transaction) ? 'Charging ended' : 'Transaction ended without charging',
	statusChanged: ({ previousStatus, status }) =>
		previousStatus === null
			? `Status is ${status}`
			: `Status changed from ${previousStatus} to ${status}`,
};

/** The events at which energy has not begun to flow. */
const BEFORE_ENERGY: readonly EventName[] = ['transactionStarted', 'authorized', 'chargingStarted'];

/**
 * An event as a sentence for a person: "Charging ended at Office wallbox (Type 2, Head Office) after 1 h 5 min, 11.2 kWh".
 * @param seconds from the transaction's start until the event; null if that is not known
 */
export function sentenceOf(event: TransactionEvent, place: Place, seconds: number | null): string {
	const { transaction } = event;
	const happened = `${HAPPENED[event.event](event)} at ${placeInWords(transaction, place)}`;
	if (BEFORE_ENERGY.includes(event.event)) return happened;
	const energyKwh = readNumber(transaction.chargedEnergyKwh);
	const after = seconds === null ? '' : ` after ${secondsInWords(seconds)}`;
	const energy = energyKwh === undefined ? '' : `, ${rounded(energyKwh, 1)} kWh`;
	return `${happened}${after}${energy}`;
}
