import { hasEnded, type Transaction } from '../../shared/chargeye/transactions';
import type { PollApi } from './api';
import { authorizationMarkOf, recall, withAuthorization } from './authorization';
import { freshnessOf, freshnessThan } from './freshness';
import { find, isForgotten, type Known } from './known';
import { observe } from './observe';
import type { Sighting } from './sighting';
import { filledFrom, isWhole } from './transactionFacts';
import { isKnown, toUtc } from '../../shared/polling/apiValues';
import type { StationView } from './view';
import { isOld, NOTHING, type Watching } from './watching';

/**
 * True if the whole transaction has to be looked up: for its status, for the contents of an event that is about to be
 * reported, or, if Authorized events are wanted, to know whether the driver has been authorized.
 */
export function needsWhole(known: Known, sighting: Sighting, watching: Watching): boolean {
	const { connector, transaction } = sighting;
	const memories = known.get(connector) ?? [];
	const found = find(memories, transaction);
	if (found?.ended || (!found && isForgotten(transaction, memories))) return false;
	const freshness = found && freshnessOf(transaction, found);
	if (freshness === 'older') return false;
	if (!isKnown(transaction.status) && !hasEnded(transaction) && freshness !== 'same') return true;
	if (isWhole(transaction) || !watching.isWatched(transaction)) return false;

	const memory = recall(found, sighting);
	const isSilent = isOld(known, sighting, watching);
	const { wanted, nowMs } = watching;
	const seen = observe(memory, transaction, isSilent ? NOTHING : wanted, nowMs);
	if (seen.events.length > 0) return true;
	if (isKnown(transaction.authenticated) || !wanted.events.includes('authorized')) return false;
	if (isSilent) {
		return !seen.memory.ended && !withAuthorization(seen.memory, transaction).isAuthorized;
	}
	return !memory?.isAuthorized && memory?.authorizationMark !== authorizationMarkOf(transaction);
}

/**
 * Adds the fields that a summary lacks. If the transaction has changed since the summary, both states are returned, so
 * that events of the first are reported even if they no longer show in the second.
 * @param listed the transactions in the station's list; empty if the list was not needed
 * @param lookUp undefined if the whole transaction is not needed
 */
async function completeSighting(
	sighting: Sighting,
	listed: readonly Transaction[],
	lookUp: PollApi['transaction'] | undefined,
): Promise<Sighting[]> {
	const { transaction: shown } = sighting;
	const inList = listed.find(({ txId }) => txId === shown.txId);
	const isListUpToDate = inList && freshnessThan(inList, shown) !== 'older';
	if (!isListUpToDate && !lookUp) return [sighting];
	const authorizationMark = authorizationMarkOf(shown);
	const whole = isListUpToDate ? inList : await lookUp?.(shown.txId);
	if (!whole) return [{ ...sighting, authorizationMark }];

	const freshness = freshnessThan(whole, shown);
	const isLater = freshness === 'newer' || freshness === 'unknown';
	const first = filledFrom(shown, whole, freshness === 'same');
	const { stationId } = shown;
	const later = { ...filledFrom(whole, shown, false), stationId };
	const looks = !isLater ? [first] : isKnown(shown.status) ? [first, later] : [later];
	return looks.map((transaction) => ({ ...sighting, transaction, authorizationMark }));
}

/**
 * Requests what a station's summaries lack.
 * @param from the time from which the list of its transactions is needed (ms); undefined if it is not needed
 * @param incomplete the sightings whose whole transaction is needed
 * @returns what the station shows, with complete sightings, and the list if it was needed
 * @throws what the API throws
 */
export async function completeStation(
	view: StationView,
	from: number | undefined,
	incomplete: readonly Sighting[],
	api: Pick<PollApi, 'transactionsSince' | 'transaction'>,
): Promise<{ whole: StationView; listed?: Transaction[] }> {
	const listed =
		from === undefined ? undefined : await api.transactionsSince(view.stationId, toUtc(from));
	const lookUp: PollApi['transaction'] = (txId) => api.transaction(txId);
	const sightings = await Promise.all(
		view.sightings.map((sighting) =>
			completeSighting(sighting, listed ?? [], incomplete.includes(sighting) ? lookUp : undefined),
		),
	);
	return { whole: { ...view, sightings: sightings.flat() }, listed };
}
