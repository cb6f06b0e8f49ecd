import { sleep, type IDataObject } from 'n8n-workflow';

import { idText } from '../../shared/chargeye/answers';
import type { ChargeEyeClient } from '../../shared/chargeye/client';
import {
	hasEnded,
	nextPageOf,
	transactionsOf,
	type ListRequest,
	type Transaction,
} from '../../shared/chargeye/transactions';
import type { ConnectorTarget } from '../../shared/node/fields/connector';
import {
	NotFoundError,
	type LookUpFirst,
	type Once,
	type PreparedCommand,
} from '../../shared/node/operation';
import { collectItems } from '../../shared/node/pages';

/**
 * How far back a transaction with the same reference may have started. n8n keeps an execution for 14 days, if nothing else
 * is configured, in which a person can repeat it; and the start comes from the charger's clock, which may be a day slow.
 */
export const DAYS_BACK = 15;

const DAY_MS = 86_400_000;

/** How long a charger that was told to start may need until ChargEye lists the transaction. */
const UNTIL_LISTED_MS = 1000;

/** The list of the station's transactions in which one with the same reference must be. */
const listOf = (stationId: string, nowMs: number): ListRequest => ({
	endpoint: 'listStationTransactions',
	path: { stationId },
	query: { startDate: new Date(nowMs - DAYS_BACK * DAY_MS).toISOString() },
});

/** Finds the transaction with the reference: the one that runs, otherwise the latest. */
async function find(
	request: ListRequest,
	reference: string,
	send: ChargeEyeClient['send'],
): Promise<Transaction | undefined> {
	const found = await collectItems(
		{
			request,
			items: (body) =>
				transactionsOf(body).filter(
					({ authorizationReference }) => authorizationReference === reference,
				),
			next: (body) => nextPageOf(request, body),
		},
		(page) => send(page),
	);
	const startMs = ({ startTime }: Transaction) => Date.parse(idText(startTime) ?? '') || 0;
	found.sort((a, b) => startMs(b) - startMs(a));
	return found.find((transaction) => !hasEnded(transaction)) ?? found[0];
}

/** What the output says of a transaction that was found. */
const fieldsOf = ({ txId, status, startTime }: Transaction): IDataObject => ({
	txId,
	status: status ?? null,
	startTime: startTime ?? null,
});

function inWords({ txId, status, startTime }: Transaction): string {
	const start = idText(startTime);
	return `transaction ${txId}${start ? `, which started at ${start}` : ''} (${status ?? 'Unknown'})`;
}

/**
 * Start, once per Authorization Reference: it is not sent if a transaction of the station has the reference already, also
 * if that one has ended, or if an earlier item of the run has started with it. API operation `listStationTransactions`.
 * @param start the command to send otherwise
 * @param otherwise how to do without, in a sentence for errors
 */
export function oncePerReference(
	start: PreparedCommand<'startTransaction'>,
	target: ConnectorTarget,
	reference: string,
	otherwise: string,
): LookUpFirst<PreparedCommand<'startTransaction'>> {
	const { stationId } = target;
	const request = listOf(stationId, Date.now());
	const once: Once = {
		key: JSON.stringify([stationId, reference]),
		async find(send) {
			await sleep(UNTIL_LISTED_MS);
			const found = await find(request, reference, send);
			return (
				found && {
					message: `The answer to the start got lost, but ChargEye lists ${inWords(found)} with this authorization reference.`,
					...fieldsOf(found),
				}
			);
		},
	};
	return {
		request,
		target: { ...target, authorizationReference: reference },
		otherwise,
		async lookUp(send, sentOnce) {
			const found = await find(request, reference, send);
			const before = sentOnce.get(once.key);
			if (found === undefined && before === undefined) return { ...start, once };
			if (found === undefined && before === 'unknown') {
				throw new NotFoundError(
					`An earlier item has sent a start with the reference ${reference}, and it is not known whether the charger carried it out`,
					'Look with Get Many: a transaction that started is among those with this reference.',
				);
			}
			const message = found
				? `Nothing was sent: ${inWords(found)} has this authorization reference.`
				: 'Nothing was sent: an earlier item of this run has started with this authorization reference.';
			return {
				items: [
					{
						message,
						response: 'Accepted',
						alreadyStarted: true,
						stationId,
						connectorId: found?.connectorId ?? target.connectorId,
						...(found ? fieldsOf(found) : { txId: null, status: null, startTime: null }),
						authorizationReference: reference,
					},
				],
			};
		},
	};
}
