import type { Transaction } from '../../shared/chargeye/transactions';
import { isKnown, readTime } from './apiValues';

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
