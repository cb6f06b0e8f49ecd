import type { ChargeEyeClient } from '../shared/chargeye/client';
import { connectorsOf } from '../shared/chargeye/stations';
import { transactionOf, type Transaction } from '../shared/chargeye/transactions';
import { isKnown } from '../shared/polling/apiValues';
import { updatedAt } from '../shared/polling/transactionTimes';
import { EVENTS } from './events';
import type { StationEvent } from './polling/stationEvent';

/** What the last transaction says of why. */
export interface Why {
	/** Empty if none are known; only the whole transaction has them. */
	chargingEndAlarms: readonly unknown[];
	/** Null if it is not known. */
	endReason: unknown;
}

/** For how many transactions a poll looks up the alarms at most. */
const LOOK_UPS = 20;

/** The latest transaction of the connector, or of the station, that an event is about. */
export function lastTransactionOf({ station, connectorId }: StationEvent): Transaction | undefined {
	return connectorsOf(station)
		.filter((connector) => connectorId === undefined || connector.connectorId === connectorId)
		.flatMap(({ latest }) => latest ?? [])
		.reduce<Transaction | undefined>(
			(last, one) => (last && updatedAt(last) >= updatedAt(one) ? last : one),
			undefined,
		);
}

/** Whether alarms can explain an event: it begins a state that needs somebody. */
const needsAlarms = ({ event }: StationEvent): boolean =>
	event !== 'statusChanged' && EVENTS[event].ends === undefined;

/**
 * Finds why events have happened, as far as the last transactions say. Alarms cost a request for each transaction; an
 * event comes without them if that request fails, or if there are too many.
 * @param hasTime false once no further requests may be sent
 */
export async function whyOf(
	events: readonly StationEvent[],
	send: ChargeEyeClient['send'],
	hasTime: () => boolean,
): Promise<(event: StationEvent) => Why> {
	const last = new Map(events.map((event) => [event, lastTransactionOf(event)]));
	const missing = events.flatMap((event) => {
		const transaction = last.get(event);
		return transaction && needsAlarms(event) && !isKnown(transaction.chargingEndAlarms)
			? [transaction.txId]
			: [];
	});
	const alarms = new Map<string, unknown>();
	const lookUp = async (txId: string) => {
		const answer = await send({ endpoint: 'getTransaction', path: { txId } });
		alarms.set(txId, transactionOf(answer).chargingEndAlarms);
	};
	if (hasTime()) {
		const first = [...new Set(missing)].slice(0, LOOK_UPS);
		await Promise.allSettled(first.map(lookUp));
	}
	return (event) => {
		const { txId = '', chargingEndAlarms, endReason, chargingEndReason } = last.get(event) ?? {};
		return {
			chargingEndAlarms: [chargingEndAlarms, alarms.get(txId)].find(Array.isArray) ?? [],
			endReason: endReason ?? chargingEndReason ?? null,
		};
	};
}
