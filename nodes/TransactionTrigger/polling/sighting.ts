import type { Transaction } from '../../shared/chargeye/transactions';

/** A transaction and the connector that it is at. */
export interface Sighting {
	connector: string;
	transaction: Transaction;
	/** `authorizationMarkOf` what was shown, if it is known with that whether the driver is authorized. */
	authorizationMark?: string;
}
