import type { Transaction } from '../../shared/chargeye/transactions';
import type { Wanted } from '../events';
import type { Known } from './known';
import type { Sighting } from './sighting';

/** What is watched for, in one poll. */
export interface Watching {
	wanted: Wanted;
	/** By n8n's clock (ms). */
	now: number;
	/** Whether a transaction is worth an event at a connector that is looked at for the first time. */
	isNews: (transaction: Transaction) => boolean;
	/** False for transactions that are not watched, such as simulated ones. A summary does not tell. */
	isWatched: (transaction: Transaction) => boolean;
}

/** What is seen is only remembered. */
export const NOTHING: Wanted = { events: [], powerLimitations: [] };

/** True if it was there before watching began: then it is only remembered. */
export const isOld = (
	known: Known,
	{ connector, transaction }: Sighting,
	{ isNews }: Watching,
): boolean => !known.has(connector) && !isNews(transaction);
