import type { Transaction } from '../chargeye/transactions';
import { greatest, readTime } from './apiValues';

/** When the transaction started (ms), or the first known time after that; undefined if the API gives none. */
export const startOf = (transaction: Transaction): number | undefined =>
	readTime(transaction.startTime) ??
	readTime(transaction.activeStartTime) ??
	readTime(transaction.chargingStartTime);

/** The time of a transaction's last update, or of its start (ms). */
export const updatedAt = (transaction: Transaction): number =>
	greatest(readTime(transaction.updateTime), startOf(transaction)) ?? 0;
