import { readState, type PollState } from '../../shared/polling/state';

// Version 1 of the state, which is read on so that an upgrade loses no event and tells none twice.

const VERSION = 1;

/** FNV-1a, 32 bits, in base 36. */
function fnv(text: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return (hash >>> 0).toString(36);
}

/** How a transaction that version 1 remembered is known on: marked, so that no hash of today's is taken for it. */
export const formerHashOf = (txId: string): string => `~${fnv(txId)}`;

/** How many columns followed hash and start in a memory of one that had not ended. */
const LIVE_COLUMNS = 13;

/** One memory as it is written today: the values were written in the same way, and stood elsewhere. */
function rewritten(memory: string): string {
	const [hash, start, ...rest] = memory.split(',');
	const ended = rest.length < LIVE_COLUMNS;
	const [listsLeft = '', last = ''] = rest.slice(ended ? 0 : LIVE_COLUMNS);
	const common = [`~${hash}`, start, listsLeft];
	if (ended) return [...common, '1', last === 'x' ? '1' : ''].join();
	const [sequenceNumber, updated, status, flags, ...others] = rest.slice(0, LIVE_COLUMNS);
	const isAuthorized = flags === '1' || flags === '3' ? '1' : '';
	const isCharging = flags === '2' || flags === '3' ? '1' : '';
	return [
		...common,
		'',
		'',
		sequenceNumber,
		updated,
		status,
		isAuthorized,
		isCharging,
		...others,
		last,
	].join();
}

const rewrittenAll = (memories: string) =>
	memories === '' ? '' : memories.split('|').map(rewritten).join('|');

/**
 * Reads what version 1 stored.
 * @param watch as `fingerprintOf` takes it
 * @returns undefined if it did not store anything of what is watched; version and fingerprint are those of version 1
 */
export function readFormerState(
	stored: unknown,
	watch: readonly unknown[],
): PollState<Record<string, string>> | undefined {
	const state = readState<Record<string, string>>(stored, VERSION, fnv(JSON.stringify(watch)));
	if (!state) return undefined;
	const stations = Object.entries(state.stations).map(([stationId, connectors]) => [
		stationId,
		Object.fromEntries(
			Object.entries(connectors).map(([connector, memories]) => [
				connector,
				rewrittenAll(memories),
			]),
		),
	]);
	return { ...state, stations: Object.fromEntries(stations) as typeof state.stations };
}
