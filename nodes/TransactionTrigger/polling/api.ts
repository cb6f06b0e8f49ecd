import type { Transaction } from '../../shared/chargeye/transactions';

/** What a poll needs from the API. An error ends the poll, and the stored state stays unchanged. */
export interface PollApi {
	/** All transactions of a station that started at `startDate` (UTC) or later. */
	transactionsSince(stationId: string, startDate: string): Promise<Transaction[]>;
	/** A whole transaction; undefined if the API does not know it. */
	transaction(txId: string): Promise<Transaction | undefined>;
	/** By n8n's clock (ms). */
	now(): number;
	/** False once the poll must send no further requests: the next poll continues with the stations left out. */
	hasTime(): boolean;
}
