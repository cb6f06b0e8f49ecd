import type { Transaction } from '../../shared/chargeye/transactions';
import type { Wanted } from '../events';
import type { Known } from './known';
import type { Sighting } from './sighting';

/** What one poll watches for. */
export interface Watching {
	wanted: Wanted;
	/** By n8n's clock (ms). */
	nowMs: number;
	/** Whether events of a transaction are reported at a connector that is looked at for the first time. */
	isNews: (transaction: Transaction) => boolean;
	/** False for transactions that are not watched, such as simulated ones. True for a summary, which does not say. */
	isWatched: (transaction: Transaction) => boolean;
}

/** No events: a transaction is remembered, and nothing is reported. */
export const NOTHING: Wanted = { events: [], powerLimitations: [] };

/** True if the transaction was there before watching began: then it is remembered, and nothing is reported. */
export const isOld = (
	known: Known,
	{ connector, transaction }: Sighting,
	{ isNews }: Watching,
): boolean => !known.has(connector) && !isNews(transaction);
