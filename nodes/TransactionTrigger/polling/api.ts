import type { Transaction } from '../../shared/chargeye/transactions';

/** What a poll asks of the API; whatever it throws ends the poll, and nothing has moved. */
export interface PollApi {
	/** All transactions of a station that started then (UTC) or later. */
	transactionsSince(stationId: string, startDate: string): Promise<Transaction[]>;
	/** A whole transaction; undefined if the API does not know it. */
	transaction(txId: string): Promise<Transaction | undefined>;
	/** By n8n's clock (ms). */
	now(): number;
	/** False once the poll must come to its end: what was not looked at is left to the next one. */
	hasTime(): boolean;
}
