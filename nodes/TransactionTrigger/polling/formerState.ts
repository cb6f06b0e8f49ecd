import { readState, type PollState } from '../../shared/polling/state';

// Reads version 1 of the state, so that an upgrade of the package loses no event and reports none twice.

const VERSION = 1;

/** FNV-1a, 32 bits, in base 36. */
function fnv(text: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return (hash >>> 0).toString(36);
}

/** The hash of a transaction that version 1 remembered, marked so that it never equals one of today's hashes. */
export const formerHashOf = (txId: string): string => `~${fnv(txId)}`;

/** How many columns followed hash and start in the memory of a transaction that had not ended. */
const LIVE_COLUMNS = 13;

/** A memory of version 1 in today's form: only the order of the values has changed. */
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
 * Reads a state that version 1 stored.
 * @param watch what is watched, as for `fingerprintOf`
 * @returns the state with version 1's version and fingerprint; undefined if none was stored for this watch
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
