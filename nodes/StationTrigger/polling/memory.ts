import {
	CONNECTOR_STATUSES,
	ONLINE_STATUSES,
	STATION_STATUSES,
} from '../../shared/chargeye/stations';
import {
	counts,
	flag,
	integer,
	optional,
	text,
	tupleOf,
	word,
	type Values,
} from '../../shared/polling/tuple';
import { EVENT_NAMES } from '../events';

const status = word([...ONLINE_STATUSES, ...STATION_STATUSES, ...CONNECTOR_STATUSES]);

/** What is remembered of one status, so that a later poll finds what is new. Times are n8n's (ms). */
const COLUMNS = {
	/** The last known one. */
	status,
	/** When it began, as far as known; undefined if it was there when watching began. */
	since: optional(integer),
	/** The one before. */
	previous: optional(status),
	/** Whether its beginning has been reported, or would have been if it were wanted. */
	isTold: flag,
	/** When a state began whose end is still to be reported. */
	owedSince: optional(integer),
	/** What Status Changed reported last, if that differs from the status. */
	reported: optional(status),
	/** How many of each event have been reported: only their number distinguishes them. */
	numbers: counts(EVENT_NAMES),
	/** How often a state came and went without being reported since the last event of its kind. */
	unreported: counts(EVENT_NAMES),
	/** The hour for which `inHour` counts reports: when it began. */
	hour: optional(integer),
	inHour: counts(EVENT_NAMES),
	/** Which car occupies the connector: the hash of its transaction. */
	car: optional(text),
};

export type Memory = Values<typeof COLUMNS>;

const tuple = tupleOf(COLUMNS);

/** The memory of a status that is seen for the first time. @param since (ms); undefined if watching has just begun */
export const newMemory = (seen: string, since: number | undefined): Memory => ({
	...tuple.read(''),
	status: seen,
	since,
});

/** The memories of a station's statuses, or of a connector's one, as a short text; undefined for one never known. */
export const writeMemories = (memories: ReadonlyArray<Memory | undefined>): string =>
	memories.map((memory) => (memory ? tuple.write(memory) : '')).join('|');

/** Reads what `writeMemories` wrote. */
export const readMemories = (written: string): Array<Memory | undefined> =>
	written.split('|').map((one) => (one === '' ? undefined : tuple.read(one)));
