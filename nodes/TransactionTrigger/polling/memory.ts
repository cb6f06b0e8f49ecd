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

/** What is remembered of a transaction, so that what is new about it can be told. Times are the API's (ms). */
const COLUMNS = {
	/** Which transaction it is. */
	hash: text,
	start: optional(integer),
	/**
	 * How often the list of the station is still to be asked for it: a list can lag behind what the connector shows,
	 * and then lacks those before it too.
	 */
	listsLeft: count,
	/** That it is over: nothing but the above is remembered then. */
	ended: flag,
	/** It is not watched, such as a simulated one, and counts as ended, whether it is or not. */
	unwatched: flag,
	sequenceNumber: optional(integer),
	/** The API's `updateTime`. */
	updated: optional(after('start')),
	status: optional(word(TRANSACTION_STATUSES)),
	isAuthorized: flag,
	isCharging: flag,
	/** How often charging has begun. */
	phases: count,
	/** The last known `chargingStartTime` and `chargingEndTime`. */
	chargingStart: optional(after('start')),
	chargingEnd: optional(after('start')),
	/** The most that was seen. */
	energyWh: optional(integer),
	/** The most that was seen (%). */
	soc: optional(decimal),
	powerLimitation: optional(word(POWER_LIMITATIONS)),
	/** How many events of each name were given out that only their number sets apart. */
	alarms: count,
	statusChanges: count,
	powerLimits: count,
	/** What was shown when it was last known not to be authorized: `authorizationMarkOf`; none if nobody has looked. */
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

/** One of which nothing is known yet. */
export const newMemory = (hash: string): Memory => tuple.read(hash);

/** One that is over, or is not watched. */
export const endedMemory = ({ hash, start, listsLeft, unwatched }: Memory): Memory => ({
	...newMemory(hash),
	start,
	listsLeft,
	ended: true,
	unwatched,
});
