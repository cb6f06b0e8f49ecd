import { randomUUID } from 'node:crypto';
import type { SimulatedClock } from '../clock.mts';
import type { MessageLog } from '../ocpp/messageLog.mts';
import type { RequestLog } from '../rest/requestLog.mts';
import type { SimulatedFleet } from '../stations/simulatedFleet.mts';
import { RecentEntries } from './recentEntries.mts';
import {
	detailsOf,
	type IsPowerLimit,
	type KnownChanges,
	type StationDetails,
} from './stationDetails.mts';
import {
	descriptionOf,
	summaryOf,
	type StationDescription,
	type StationSummary,
} from './stationSummary.mts';
import { Traffic, type TrafficSummary } from './traffic.mts';

/** What is new since the last update that a page has received. */
export interface Update extends TrafficSummary {
	/** Simulated time, epoch ms. */
	time: number;
	/** How many simulated seconds pass per second. */
	speed: number;
	/** All stations, if the page knows none of this run, and forgets whatever it knows. */
	stations?: StationDescription[];
	/** The stations that have changed. */
	summaries: StationSummary[];
	/** The stations that the page looks at. */
	details: StationDetails[];
}

export interface FeedOptions {
	fleet: SimulatedFleet;
	clock: SimulatedClock;
	requests: RequestLog;
	messages: MessageLog;
	isPowerLimit: IsPowerLimit;
}

/** What a page wants. */
export interface Subscription {
	/** The ID of the last update that it has received. */
	lastId: string | undefined;
	/** The stations that it looks at. */
	stationIds: readonly string[];
	send: (id: string, update: Update) => void;
}

const INTERVAL_MS = 500;

/**
 * Tells pages twice a second what is new: the stations that have changed, requests and messages, and everything about the
 * stations that a page looks at. A page that connects again gets what it missed.
 */
export class Feed {
	readonly #options: FeedOptions;
	readonly #traffic: Traffic;
	/** By station ID: the summary as JSON, which tells changes. */
	#summaries = new Map<string, string>();
	readonly #changed = new RecentEntries<string>(Infinity);
	readonly #followers = new Set<() => void>();
	readonly #timer: NodeJS.Timeout;
	#run = randomUUID();
	#count = 0;

	constructor(options: FeedOptions) {
		this.#options = options;
		this.#traffic = new Traffic(options, () => this.#count + 1);
		this.#timer = setInterval(() => this.#update(), INTERVAL_MS).unref();
	}

	/** Forgets what was before a reset. */
	restart(): void {
		this.#run = randomUUID();
		this.#traffic.clear();
		this.#changed.clear();
		this.#summaries.clear();
	}

	/** Sends updates, the first one at once; returns a function that stops that. */
	follow({ lastId = '', stationIds, send }: Subscription): () => void {
		const [knownRun, knownCount] = lastId.split('.');
		let run = knownRun;
		let count = Number(knownCount ?? 0);
		const known = new Map<string, KnownChanges>();
		const tell = () => {
			const isNew = run !== this.#run;
			if (isNew) known.clear();
			const update = this.#since(isNew ? 0 : count, isNew, stationIds, known);
			[run, count] = [this.#run, this.#count];
			send(`${run}.${count}`, update);
		};
		this.#findChanges();
		tell();
		this.#followers.add(tell);
		return () => this.#followers.delete(tell);
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#followers.clear();
	}

	#update(): void {
		if (this.#followers.size === 0) return;
		this.#findChanges();
		for (const tell of this.#followers) tell();
	}

	#findChanges(): void {
		const next = this.#count + 1;
		for (const station of this.#options.fleet.all()) {
			const { stationId } = station.asset;
			const summary = JSON.stringify(summaryOf(station));
			if (summary === this.#summaries.get(stationId)) continue;
			this.#summaries.set(stationId, summary);
			this.#changed.changed(stationId, next);
		}
		this.#count = next;
	}

	#since(
		count: number,
		isNew: boolean,
		stationIds: readonly string[],
		known: Map<string, KnownChanges>,
	): Update {
		const { clock, fleet, isPowerLimit } = this.#options;
		const details = stationIds.flatMap((stationId) => {
			const station = fleet.get(stationId);
			if (!station) return [];
			const shown = detailsOf(station, isPowerLimit, known.get(stationId));
			const { restarts, count: changes } = station.powerLog;
			known.set(stationId, { restarts, count: changes });
			return [shown];
		});
		return {
			time: clock.now(),
			speed: clock.speed,
			...(isNew && { stations: fleet.all().map(descriptionOf) }),
			summaries: this.#changed
				.after(count)
				.map((stationId) => JSON.parse(this.#summaries.get(stationId)!) as StationSummary),
			details,
			...this.#traffic.after(count),
		};
	}
}
