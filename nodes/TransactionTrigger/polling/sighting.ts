import type { Transaction } from '../../shared/chargeye/transactions';

/** A transaction and the connector that it is at. */
export interface Sighting {
	connector: string;
	transaction: Transaction;
	/** The answer's `authorizationMarkOf`; undefined if the answer does not say whether the driver is authorized. */
	authorizationMark?: string;
}
