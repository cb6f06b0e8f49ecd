import type { PollApi } from '../../../nodes/TransactionTrigger/polling/api.ts';
import { poll, type PollSettings } from '../../../nodes/TransactionTrigger/polling/poll.ts';
import type { PollState } from '../../../nodes/TransactionTrigger/polling/triggerState.ts';
import type { TransactionEvent } from '../../../nodes/TransactionTrigger/polling/transactionEvent.ts';
import type { Station } from '../../../nodes/shared/chargeye/stations.ts';
import {
	POWER_LIMITATIONS,
	readTransaction,
	type Transaction,
} from '../../../nodes/shared/chargeye/transactions.ts';

export const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();

export const WATCH = {
	baseUrl: 'https://kempower.io/api',
	credentialId: '1',
	scope: { locationUid: 'L' },
	includeSimulated: false,
};

export const SETTINGS: PollSettings = {
	wanted: {
		events: ['transactionStarted', 'chargingStarted', 'chargingStopped', 'transactionEnded'],
		powerLimitations: POWER_LIMITATIONS,
	},
	isWatched: () => true,
	watch: WATCH,
	emitOngoing: false,
};

export const charging = (
	txId: string,
	minute: number,
	changes: Partial<Transaction> = {},
): Transaction => ({
	txId,
	status: 'Charging',
	startTime: at(minute),
	chargingStartTime: at(minute + 1),
	updateTime: at(minute + 1),
	...changes,
});

export const ended = (txId: string, from: number, to: number, changes: Partial<Transaction> = {}) =>
	charging(txId, from, {
		status: 'Ended',
		chargingEndTime: at(to),
		endTime: at(to),
		updateTime: at(to),
		...changes,
	});

export const station = (stationId: string, ...connectors: Array<Transaction | null>): Station => ({
	stationId,
	connectors: connectors.map((transaction, index) => ({
		connectorId: index + 1,
		lastTransaction: transaction && { evseId: index + 1, ...transaction },
	})),
});

/** Polls a fleet that a test sets; between polls the state is converted to JSON and back, as in n8n. */
export class Poller {
	stations: Station[] = [];
	lists: Record<string, Transaction[]> = {};
	/** The transactions that the API finds by ID. */
	details: Record<string, Transaction> = {};
	/** The last poll's requests besides the one for the stations: IDs of transactions, stations with the list's start. */
	requests: string[] = [];
	state?: PollState;
	hasTime = () => true;
	settings = SETTINGS;

	async poll(minute: number): Promise<TransactionEvent[]> {
		this.requests = [];
		const api: PollApi = {
			transactionsSince: (stationId, startDate) => {
				this.requests.push(`${stationId} ${startDate}`);
				const all = (this.lists[stationId] ?? []).flatMap(
					(tx) => readTransaction({ evseId: 1, ...tx }) ?? [],
				);
				return Promise.resolve(all.filter(({ startTime }) => (startTime ?? '') >= startDate));
			},
			transaction: (txId) => {
				this.requests.push(txId);
				return Promise.resolve(this.details[txId]);
			},
			now: () => Date.parse(at(minute)),
			hasTime: () => this.hasTime(),
		};
		const { events, state } = await poll(this.stations, api, this.state, this.settings);
		this.state = JSON.parse(JSON.stringify(state)) as PollState;
		return events;
	}

	/** Polls. @returns the IDs of the events */
	async pollIds(minute: number): Promise<string[]> {
		return (await this.poll(minute)).map(({ eventId }) => eventId);
	}
}
