import { TRANSACTION_STATUSES } from '../../shared/chargeye/transactions';
import { POWER_LIMITATIONS } from './events';

interface AnyMemory {
	hash: string;
	/** When it started (ms, by the API). */
	start?: number;
	/**
	 * How often the list of the station is still to be asked for it: a list can lag behind what the connector shows,
	 * and then lacks those before it too.
	 */
	unlisted?: number;
}

/** What is remembered of a transaction that has not ended, so that what is new about it can be told. */
export interface LiveMemory extends AnyMemory {
	ended: false;
	sequenceNumber?: number;
	/** The API's `updateTime` (ms). */
	updated?: number;
	status?: string;
	isAuthorized: boolean;
	isCharging: boolean;
	/** How often charging has begun. */
	phases: number;
	/** The API's last known `chargingStartTime` and `chargingEndTime` (ms). */
	chargingStart?: number;
	chargingEnd?: number;
	/** The most that was seen (Wh, %). */
	energyWh?: number;
	soc?: number;
	powerLimitation?: string;
	/** How many events of each name were given out that only their number sets apart. */
	alarms: number;
	statusChanges: number;
	powerLimits: number;
	/** What was shown when it was last known not to be authorized: `markOf`. Undefined if nobody has looked. */
	asked?: string;
}

/** What is remembered of one that has ended: that it is known, and where later ones begin. */
export interface EndedMemory extends AnyMemory {
	ended: true;
	/** It is not watched, such as a simulated one; it need not have ended. */
	leftOut?: true;
}

export type Memory = LiveMemory | EndedMemory;

const writeNumber = (value: number | undefined, from = 0) =>
	value === undefined ? '' : (value - from).toString(36);

const readNumber = (text: string | undefined, from = 0) =>
	text === undefined || text === '' ? undefined : parseInt(text, 36) + from;

/** A known word as its number; any other as it is, behind a mark. */
function writeWord(words: readonly string[], value: string | undefined): string {
	if (value === undefined) return '';
	const index = words.indexOf(value);
	return index === -1 ? `'${encodeURIComponent(value)}` : String(index);
}

function readWord(words: readonly string[], text: string): string | undefined {
	if (text === '') return undefined;
	return text.startsWith("'") ? decodeURIComponent(text.slice(1)) : words[Number(text)];
}

/** Marks one that is not watched. */
const LEFT_OUT = 'x';

function write(memory: Memory): string {
	const { hash, start, unlisted } = memory;
	const last = memory.ended ? memory.leftOut && LEFT_OUT : memory.asked;
	const tail = [unlisted ?? '', last ?? ''].join().replace(/,+$/, '');
	const end = tail === '' ? [] : [tail];
	if (memory.ended) return [hash, writeNumber(start), ...end].join();
	return [
		hash,
		writeNumber(start),
		writeNumber(memory.sequenceNumber),
		writeNumber(memory.updated, start),
		writeWord(TRANSACTION_STATUSES, memory.status),
		writeNumber(Number(memory.isAuthorized) + 2 * Number(memory.isCharging)),
		writeNumber(memory.phases),
		writeNumber(memory.chargingStart, start),
		writeNumber(memory.chargingEnd, start),
		writeNumber(memory.energyWh),
		memory.soc ?? '',
		writeWord(POWER_LIMITATIONS, memory.powerLimitation),
		writeNumber(memory.alarms),
		writeNumber(memory.statusChanges),
		writeNumber(memory.powerLimits),
		...end,
	].join();
}

/** How many fields follow hash and start in a live memory. */
const LIVE_FIELDS = 13;

function read(text: string): Memory {
	const [hash, startText, ...rest] = text.split(',');
	const start = readNumber(startText);
	const ended = rest.length < LIVE_FIELDS;
	const [unlisted = '', last] = rest.slice(ended ? 0 : LIVE_FIELDS);
	const any: AnyMemory = {
		hash,
		...(start !== undefined && { start }),
		...(unlisted !== '' && { unlisted: Number(unlisted) }),
	};
	if (ended) return { ...any, ended, ...(last === LEFT_OUT && { leftOut: true }) };
	const flags = readNumber(rest[3]) ?? 0;
	return {
		...any,
		ended,
		sequenceNumber: readNumber(rest[0]),
		updated: readNumber(rest[1], start),
		status: readWord(TRANSACTION_STATUSES, rest[2]),
		isAuthorized: flags % 2 === 1,
		isCharging: flags >= 2,
		phases: readNumber(rest[4]) ?? 0,
		chargingStart: readNumber(rest[5], start),
		chargingEnd: readNumber(rest[6], start),
		energyWh: readNumber(rest[7]),
		soc: rest[8] === '' ? undefined : Number(rest[8]),
		powerLimitation: readWord(POWER_LIMITATIONS, rest[9]),
		alarms: readNumber(rest[10]) ?? 0,
		statusChanges: readNumber(rest[11]) ?? 0,
		powerLimits: readNumber(rest[12]) ?? 0,
		...(last !== undefined && { asked: last }),
	};
}

/** The memories of a connector as a short text, in the order of the transactions; `''` for none. */
export const writeMemories = (memories: readonly Memory[]): string => memories.map(write).join('|');

/** Reads what `writeMemories` wrote. */
export const readMemories = (text: string): Memory[] =>
	text === '' ? [] : text.split('|').map(read);
