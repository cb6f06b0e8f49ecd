import type { Transaction } from '../../shared/chargeye/transactions';
import type { LiveMemory } from './memory';

/** An API time in ms, or undefined if it is missing or none. */
export function readTime(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : time;
}

export const readNumber = (value: unknown): number | undefined =>
	typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** True if `a` is known, and later or more than `b` or the first that is known. */
export const isAfter = (a: number | undefined, b: number | undefined): a is number =>
	a !== undefined && a > (b ?? -Infinity);

/** The greatest; undefined if none is known. */
export function greatest(...values: Array<number | undefined>): number | undefined {
	const known = values.filter((value) => value !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
}

/** True if the transaction is over. */
export const hasEnded = ({ status, endTime }: Transaction): boolean =>
	status === 'Ended' || ((status ?? 'Unknown') === 'Unknown' && readTime(endTime) !== undefined);

/** Whether it charges now; undefined if the status does not tell. */
export function isCharging(transaction: Transaction): boolean | undefined {
	if (transaction.status === 'Charging') return true;
	if (hasEnded(transaction)) return false;
	return (transaction.status ?? 'Unknown') === 'Unknown' ? undefined : false;
}

/** When it started (ms), or the first time that the API tells of it. */
export const startOf = (transaction: Transaction): number | undefined =>
	readTime(transaction.startTime) ??
	readTime(transaction.activeStartTime) ??
	readTime(transaction.chargingStartTime);

/** How what is shown compares with what is remembered: answers can come twice, and overtake each other. */
export type Freshness = 'newer' | 'same' | 'older' | 'unknown';

/** By `sequenceNumber`, then by `updateTime`. */
export function freshnessOf(transaction: Transaction, memory: LiveMemory): Freshness {
	const pairs = [
		[readNumber(transaction.sequenceNumber), memory.sequenceNumber],
		[readTime(transaction.updateTime), memory.updated],
	];
	let freshness: Freshness = 'unknown';
	for (const [shown, remembered] of pairs) {
		if (shown === undefined || remembered === undefined) continue;
		if (shown !== remembered) return shown > remembered ? 'newer' : 'older';
		freshness = 'same';
	}
	return freshness;
}
