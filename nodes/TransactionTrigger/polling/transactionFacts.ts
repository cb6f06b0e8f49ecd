import { hasEnded, type Transaction } from '../../shared/chargeye/transactions';
import { isKnown } from '../../shared/polling/apiValues';

/** Whether the transaction is charging now; undefined if its status does not say. */
export function isCharging(transaction: Transaction): boolean | undefined {
	if (transaction.status === 'Charging') return true;
	if (hasEnded(transaction)) return false;
	return (transaction.status ?? 'Unknown') === 'Unknown' ? undefined : false;
}

/** True if an answer says whether the driver is authorized and the transaction simulated, which a summary does not. */
export const isWhole = ({ authenticated, simulated }: Transaction): boolean =>
	isKnown(authenticated) && isKnown(simulated);

/** The fields that change while a transaction runs. */
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
 * Adds to one answer about a transaction the fields that only another answer has.
 * @param shown its values are kept if both answers have one
 * @param isSame whether both answers show the same moment; if not, fields that change over time are not added
 */
export function filledFrom(shown: Transaction, other: Transaction, isSame: boolean): Transaction {
	const known = Object.entries(shown).filter(([, value]) => isKnown(value));
	const added = Object.entries(other).filter(([name]) => isSame || !PROGRESS.includes(name));
	return { ...shown, ...(Object.fromEntries([...added, ...known]) as Transaction) };
}
