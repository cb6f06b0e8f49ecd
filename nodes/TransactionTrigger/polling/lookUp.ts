import type { Transaction } from '../../shared/chargeye/transactions';
import type { PollApi } from './api';
import { authorizationMarkOf, recall, withAuthorization } from './authorization';
import { freshnessOf, freshnessThan } from './freshness';
import { find, isForgotten, type Known } from './known';
import { observe } from './observe';
import type { Sighting } from './sighting';
import { filledFrom, hasEnded, isWhole } from './transactionFacts';
import { isKnown, toUtc } from './apiValues';
import type { StationView } from './view';
import { isOld, NOTHING, type Watching } from './watching';

/**
 * True if only a look at the whole transaction tells what is needed: its status, what belongs in an event that is about
 * to be told, or, where that is wanted, whether the driver has been authorized.
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
	const { wanted, now } = watching;
	const seen = observe(memory, transaction, isSilent ? NOTHING : wanted, now);
	if (seen.events.length > 0) return true;
	if (isKnown(transaction.authenticated) || !wanted.events.includes('authorized')) return false;
	if (isSilent) {
		return !seen.memory.ended && !withAuthorization(seen.memory, transaction).isAuthorized;
	}
	return !memory?.isAuthorized && memory?.authorizationMark !== authorizationMarkOf(transaction);
}

/**
 * Adds what a summary does not tell. Of a transaction that has gone on since then both are looked at, so that what was
 * shown is told even if it has passed.
 * @param listed those in the station's list, if that was needed
 * @param lookUp undefined if nothing is missing
 */
async function complete(
	sighting: Sighting,
	listed: readonly Transaction[],
	lookUp: PollApi['transaction'] | undefined,
): Promise<Sighting[]> {
	const { transaction: shown } = sighting;
	const inList = listed.find(({ txId }) => txId === shown.txId);
	const isGood = inList && freshnessThan(inList, shown) !== 'older';
	if (!isGood && !lookUp) return [sighting];
	const authorizationMark = authorizationMarkOf(shown);
	const whole = isGood ? inList : await lookUp?.(shown.txId);
	if (!whole) return [{ ...sighting, authorizationMark }];

	const freshness = freshnessThan(whole, shown);
	const isLater = freshness === 'newer' || freshness === 'unknown';
	const first = filledFrom(shown, whole, freshness === 'same');
	const { stationId } = shown;
	const then = { ...filledFrom(whole, shown, false), stationId };
	const looks = !isLater ? [first] : isKnown(shown.status) ? [first, then] : [then];
	return looks.map((transaction) => ({ ...sighting, transaction, authorizationMark }));
}

/**
 * Asks for what a station does not show by itself.
 * @param from when the list of its transactions begins (ms), if that is needed
 * @param lacking those of which the whole transaction is needed
 * @returns what it shows, complete, and the list
 */
export async function completed(
	view: StationView,
	from: number | undefined,
	lacking: readonly Sighting[],
	api: Pick<PollApi, 'transactionsSince' | 'transaction'>,
): Promise<{ whole: StationView; listed?: Transaction[] }> {
	const listed =
		from === undefined ? undefined : await api.transactionsSince(view.stationId, toUtc(from));
	const lookUp: PollApi['transaction'] = (txId) => api.transaction(txId);
	const sightings = await Promise.all(
		view.sightings.map((sighting) =>
			complete(sighting, listed ?? [], lacking.includes(sighting) ? lookUp : undefined),
		),
	);
	return { whole: { ...view, sightings: sightings.flat() }, listed };
}
