import { POWER_LIMITATIONS, TRANSACTION_STATUSES } from '../../shared/chargeye/transactions';
import {
	after,
	count,
	decimal,
	flag,
	integer,
	optional,
	text,
	tupleOf,
	word,
	type Values,
} from '../../shared/polling/tuple';

/** What is remembered of a transaction, so that a later poll finds what is new. Times are the API's (ms). */
const COLUMNS = {
	/** Which transaction it is. */
	hash: text,
	start: optional(integer),
	/**
	 * How many more times the station's list is requested for it: a list can lag behind what the connector shows, and
	 * then earlier transactions are missing from it too.
	 */
	listsLeft: count,
	/** It is over: then only the values above and `unwatched` are remembered. */
	ended: flag,
	/** It is not watched, such as a simulated one, and counts as ended, whether it is or not. */
	unwatched: flag,
	sequenceNumber: optional(integer),
	/** The API's `updateTime`. */
	updated: optional(after('start')),
	status: optional(word(TRANSACTION_STATUSES)),
	isAuthorized: flag,
	isCharging: flag,
	/** How often charging has started. */
	phases: count,
	/** The last known `chargingStartTime` and `chargingEndTime`. */
	chargingStart: optional(after('start')),
	chargingEnd: optional(after('start')),
	/** The highest value so far. */
	energyWh: optional(integer),
	/** The highest value so far (%). */
	soc: optional(decimal),
	powerLimitation: optional(word(POWER_LIMITATIONS)),
	/** How many of these events have been reported: only their number distinguishes them. */
	alarms: count,
	statusChanges: count,
	powerLimits: count,
	/** `authorizationMarkOf` the last answer that said "not authorized"; undefined if no answer has said so. */
	authorizationMark: optional(text),
};

export type Memory = Values<typeof COLUMNS>;

const tuple = tupleOf(COLUMNS);

/** The memories of a connector as a short text, in the order of the transactions; `''` for none. */
export const writeMemories = (memories: readonly Memory[]): string =>
	memories.map(tuple.write).join('|');

/** Reads what `writeMemories` wrote. */
export const readMemories = (written: string): Memory[] =>
	written === '' ? [] : written.split('|').map(tuple.read);

/** The memory of a transaction of which only the hash is known. */
export const newMemory = (hash: string): Memory => tuple.read(hash);

/** The memory of a transaction that is over, or that is not watched. */
export const endedMemory = ({ hash, start, listsLeft, unwatched }: Memory): Memory => ({
	...newMemory(hash),
	start,
	listsLeft,
	ended: true,
	unwatched,
});
