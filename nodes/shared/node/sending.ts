import type { ChargeEyeClient } from '../chargeye/client';
import { ApiFailure } from '../chargeye/failure';
import { isAt, stationIdOf, stationsOf } from '../chargeye/stations';
import { memoize } from '../charging/base/memoize';
import { atMost } from './atMost';
import type { Attempt } from './errorWords';
import { turnTaker } from './eventLoop';
import { inOrder } from './inOrder';
import { isFatal, type Item, type Output, type Part } from './item';
import { orderKey, stationKey, type Job, type Work } from './job';
import { NotFoundError, type Outcome, type SentOnce } from './operation';
import { collectItems, type Pages } from './pages';
import { judgeProfiles } from './profilesTogether';
import { sharedKeys } from './sharedKeys';

/** How the items of a run are sent. */
export interface Sending {
	client: ChargeEyeClient;
	/** Whether the other items are sent after one has failed. */
	continues: boolean;
	/** To how many stations commands are sent at the same time. */
	stationsAtOnce: number;
	/** What became of the run’s commands that must not be carried out twice. */
	sentOnce: SentOnce;
	/** Turns the outcome of a job into output items. */
	toOutput(outcome: Outcome): Promise<Output[]>;
}

type ReadyItem = Item & { work: Work };

/** The IDs of a location's stations. */
const stationsAt = (locationUid: string): Pages<'listStations', string> => ({
	request: { endpoint: 'listStations', query: { locationUid } },
	items: (body) =>
		stationsOf(body)
			.filter(isAt(locationUid))
			.map(stationIdOf)
			.filter((stationId) => stationId !== ''),
});

/**
 * Looks up the stations of every item's location, each location once. An error is stored in its items, and ends this
 * step unless the node continues on fail.
 */
async function findStations(
	{ client, continues, stationsAtOnce }: Sending,
	items: readonly ReadyItem[],
): Promise<void> {
	const idsAt = memoize(async (locationUid: string) => {
		const ids = await collectItems(stationsAt(locationUid), (request) => client.send(request));
		if (ids.length > 0) return [...new Set(ids)];
		throw new NotFoundError(
			`ChargEye shows no charging station at the location ${locationUid}`,
			'Choose another location, or check its ID. The credential’s user may have no access to its charging stations.',
		);
	});
	const find = async (item: ReadyItem, locationUid: string) => {
		const { itemIndex, work, hints = [] } = item;
		const { request } = stationsAt(locationUid);
		const attempt: Attempt = { itemIndex, endpoint: request.endpoint };
		try {
			attempt.sent = client.describe(request);
			const ids = await idsAt(locationUid);
			item.parts = ids.map((stationId) => ({ stationId }));
			if (work.job.dryRun) {
				item.hints = [
					...hints,
					'Dry run: only the charging stations of the location were looked up.',
				];
			}
		} catch (error) {
			item.failed = { error, attempt: { ...attempt, progress: 'No command was sent.' } };
		}
		return continues || item.failed === undefined;
	};
	const located = items.flatMap((item) => {
		const { reach } = item.work;
		return reach.type === 'location' ? [{ item, locationUid: reach.locationUid }] : [];
	});
	await inOrder(
		located,
		({ locationUid }) => locationUid,
		stationsAtOnce,
		({ item, locationUid }) => find(item, locationUid),
	);
}

/** Builds jobs one after the other, and frees the event loop in between. */
function jobBuilder(): (work: Work, part: Part) => Job | Promise<Job> {
	const oneByOne = atMost(1);
	const takeTurns = turnTaker();
	return ({ job, jobAt }, { stationId }) => {
		if (stationId === undefined) return job;
		return oneByOne(async () => {
			await takeTurns();
			return jobAt(stationId);
		});
	};
}

/** Carries out a job, and those that come after it. @param attempt is told what is sent */
async function outcomeOf(
	{ client, sentOnce }: Sending,
	first: Job,
	attempt: Attempt,
): Promise<Outcome> {
	const hints: string[] = [];
	for (let job = first; ; ) {
		const sent = client.describe(job.request);
		const { target, beforeCommand } = job;
		Object.assign(attempt, { endpoint: job.request.endpoint, sent, target, beforeCommand });
		const next = job.dryRun
			? { items: [job.dryRun(sent)] }
			: await job.carryOut((request) => client.send(request), sentOnce);
		if (!('request' in next)) return { ...next, hints: [...hints, ...(next.hints ?? [])] };
		if (next.hint !== undefined) hints.push(next.hint);
		job = next;
	}
}

/** Carries out a part of an item. An error is stored in the part. */
async function carryOut(
	sending: Sending,
	item: ReadyItem,
	part: Part,
	jobFor: ReturnType<typeof jobBuilder>,
): Promise<void> {
	const { toOutput } = sending;
	const { itemIndex, work } = item;
	const attempt: Attempt = { itemIndex };
	try {
		const outcome = await outcomeOf(sending, await jobFor(work, part), attempt);
		part.output = await toOutput(outcome);
		if (outcome.hints) item.hints = [...(item.hints ?? []), ...outcome.hints];
	} catch (error) {
		if (error instanceof ApiFailure && error.failure.type === 'stopped') return;
		part.failed = { error, attempt };
	}
}

/** The keys of an item's commands. */
const keysOf = ({ parts, work }: ReadyItem): string[] =>
	parts.flatMap(({ stationId }) =>
		stationId === undefined ? (orderKey(work.job) ?? []) : stationKey(stationId),
	);

/**
 * Sends the items: those for one station in their order, others at the same time. An item waits for earlier ones with
 * which it shares a station; its own stations do not wait for each other. If an item fails and the node does not
 * continue on fail, no further item begins; but those that have begun, with several stations, are completed, so that a
 * station does not go without a limit because another one is offline.
 */
async function sendCommands(sending: Sending, items: readonly ReadyItem[]): Promise<void> {
	const { client, continues, stationsAtOnce } = sending;
	const slot = atMost(stationsAtOnce);
	const jobFor = jobBuilder();
	let isStopped = false;
	/** How many items with several stations have begun and are not completed. */
	let open = 0;
	const sendItem = async (item: ReadyItem) => {
		const isLong = item.parts.length > 1;
		let hasBegun = false;
		const sendPart = async (part: Part) => {
			if (isStopped && !hasBegun) return;
			if (isLong && !hasBegun) open++;
			hasBegun = true;
			await carryOut(sending, item, part, jobFor);
			if (continues || part.failed === undefined) return;
			isStopped = true;
			if (open === 0 || isFatal(part.failed.error)) client.stop();
		};
		await Promise.all(item.parts.map((part) => slot(() => sendPart(part))));
		if (isLong && hasBegun) open--;
		if (isStopped && open === 0) client.stop();
		return !isStopped;
	};
	const keys = sharedKeys(items.map(keysOf));
	const entries = items.map((item, index) => ({ item, key: keys[index] }));
	await inOrder(
		entries,
		({ key }) => key,
		stationsAtOnce,
		({ item }) => sendItem(item),
	);
}

/** Sends the items whose input is good, and stores the outcome in each. */
export async function send(sending: Sending, items: readonly Item[]): Promise<void> {
	const ready = items.filter((item): item is ReadyItem => item.work !== undefined);
	await findStations(sending, ready);
	judgeProfiles(ready);
	if (!sending.continues && ready.some(({ failed }) => failed)) return;
	await sendCommands(
		sending,
		ready.filter(({ failed }) => failed === undefined),
	);
}
