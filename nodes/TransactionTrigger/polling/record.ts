import type { Transaction } from '../../shared/chargeye/transactions';
import { hashOf } from '../../shared/polling/hash';
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
export function freshnessOf(
	transaction: Transaction,
	memory: Pick<LiveMemory, 'sequenceNumber' | 'updated'>,
): Freshness {
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

/** The same for two looks at a transaction. */
export const freshnessThan = (transaction: Transaction, other: Transaction): Freshness =>
	freshnessOf(transaction, {
		sequenceNumber: readNumber(other.sequenceNumber),
		updated: readTime(other.updateTime),
	});

export const isKnown = (value: unknown): boolean => value !== undefined && value !== null;

/** True if it tells all that an event needs: whether the driver is authorized, and whether it is simulated. */
export const isWhole = ({ authenticated, simulated }: Transaction): boolean =>
	isKnown(authenticated) && isKnown(simulated);

/** What changes as a transaction goes on. */
const PROGRESS = [
	'chargedEnergyKwh',
	'chargingEndReason',
	'chargingEndTime',
	'chargingStartTime',
	'endReason',
	'endTime',
	'powerLimitation',
	'sequenceNumber',
	'soc',
	'socEnd',
	'status',
	'updateTime',
];

/**
 * One look at a transaction with all that another one tells besides; what both tell is the first one's.
 * @param isSame whether both show the same moment; if not, what changes with time is no part of the other
 */
export function filledFrom(shown: Transaction, other: Transaction, isSame: boolean): Transaction {
	const tells = Object.entries(shown).filter(([, value]) => isKnown(value));
	const more = Object.entries(other).filter(([name]) => isSame || !PROGRESS.includes(name));
	return { ...shown, ...(Object.fromEntries([...more, ...tells]) as Transaction) };
}

/**
 * Changes when a driver may have been authorized, and not with meter values. Where the API does not tell what caused an
 * update, any update may be it until charging begins.
 */
export function markOf(transaction: Transaction): string {
	const { status, triggerReason, startReason, authorizationToken } = transaction;
	const { chargingStartTime, chargingEndTime, endTime, updateTime } = transaction;
	const isUntold = !isKnown(triggerReason) && status !== 'Charging';
	const update = isUntold ? updateTime : undefined;
	const what = [status, triggerReason, startReason, authorizationToken];
	return hashOf(JSON.stringify([...what, chargingStartTime, chargingEndTime, endTime, update]));
}
