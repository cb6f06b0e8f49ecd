import fc from 'fast-check';

import { readTransaction, transactionsOf } from '../../../nodes/shared/chargeye/transactions.ts';
import type { EventName } from '../../../nodes/TransactionTrigger/events.ts';
import type { PollApi } from '../../../nodes/TransactionTrigger/polling/api.ts';
import { poll } from '../../../nodes/TransactionTrigger/polling/poll.ts';
import {
	readState,
	type PollState,
} from '../../../nodes/TransactionTrigger/polling/triggerState.ts';
import type { TransactionEvent } from '../../../nodes/TransactionTrigger/polling/transactionEvent.ts';
import { ENERGY_KWH, STATE_OF_CHARGE, World, type Habits, type Shown } from './world.mts';

const WATCH = { baseUrl: '', credentialId: '', scope: {}, includeSimulated: false };

/** For more runs: `MODEL_RUNS=3000 npx jest --selectProjects unit --testPathPatterns polling.model`. */
const RUNS = Number(process.env.MODEL_RUNS ?? 200);

/** How many times in a row the list of a station may lag behind. */
const LAGS = 3;

/** The events that can still be seen when a transaction has ended. */
const LASTING: EventName[] = [
	'transactionStarted',
	'authorized',
	'chargingStarted',
	'chargingStopped',
	'energyReached',
	'stateOfChargeReached',
	'transactionEnded',
];

/** The events whose times the API gives. */
const TIMED: EventName[] = [
	'transactionStarted',
	'chargingStarted',
	'chargingStopped',
	'transactionEnded',
];

/** A poll, and what goes wrong with it. */
interface Poll {
	type: 'poll';
	/** How many steps older than now the fleet's answer is. */
	late: number;
	/** How many steps older than now a station's list is. */
	listLate: number;
	/** Which request fails, counted from 0; none if there are fewer. */
	failing: number;
	/** When n8n is killed: before the events start the workflow, or after that but before the state is saved. */
	killed: 'no' | 'beforeEvents' | 'afterEvents';
	/** How many requests the poll has time for. */
	requests: number;
}

type Step =
	| { type: 'act'; place: number; choice: number }
	| { type: 'toggle'; station: number }
	| { type: 'pass'; minutes: number }
	| { type: 'restart' }
	| Poll;

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 12,
		arbitrary: fc.record({
			type: fc.constant('act' as const),
			place: fc.nat(5),
			choice: fc.nat(11),
		}),
	},
	{
		weight: 5,
		arbitrary: fc.record({
			type: fc.constant('poll' as const),
			late: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(6)),
			listLate: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(6)),
			failing: fc.oneof({ weight: 4, arbitrary: fc.constant(99) }, fc.nat(3)),
			killed: fc.oneof(
				{ weight: 8, arbitrary: fc.constant('no' as const) },
				fc.constantFrom('beforeEvents' as const, 'afterEvents' as const),
			),
			requests: fc.oneof({ weight: 3, arbitrary: fc.constant(99) }, fc.nat(3)),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ type: fc.constant('toggle' as const), station: fc.nat(2) }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant('pass' as const), minutes: fc.nat(600) }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
);

const HABITS = {
	latestStart: fc.boolean(),
	triggers: fc.boolean(),
	forms: fc.nat(),
};

/** At least one of sequenceNumber and updateTime is shown: without both, nothing says which of two answers is newer. */
const habits: fc.Arbitrary<Habits> = fc.oneof(
	fc.record({
		...HABITS,
		shape: fc.constantFrom('summary', 'whole', 'mixed'),
		missing: fc.constantFrom(
			[],
			[],
			['sequenceNumber'],
			['endTime'],
			['chargingStartTime'],
			['chargingEndTime'],
		),
	}),
	fc.record({
		...HABITS,
		shape: fc.constant('whole' as const),
		missing: fc.constantFrom(['updateTime'], ['endTime', 'updateTime']),
	}),
);

/** The part of n8n that stores a trigger's state and starts workflows. */
class Host {
	/** The state in memory, which the polls get; lost when n8n is killed. */
	state?: PollState;
	/** The state in the database, as JSON. */
	#saved?: string;
	#isFirstPoll = true;
	readonly delivered: TransactionEvent[] = [];
	/** The events that may come twice: n8n was killed after the workflow had started and before the state was saved. */
	readonly mayComeAgain = new Set<string>();

	/** @param mode how n8n schedules polls: the durable scheduler stores state and events together */
	constructor(readonly mode: 'inMemory' | 'durable') {}

	restart(): void {
		const stored: unknown = this.#saved === undefined ? undefined : JSON.parse(this.#saved);
		this.state = readState(stored, WATCH);
		this.#isFirstPoll = true;
	}

	/** Delivers the events that a poll returned, and stores its state. */
	take(events: TransactionEvent[], state: PollState, killed: Poll['killed']): void {
		if (killed === 'beforeEvents') return this.restart();
		this.delivered.push(...events);
		this.state = state;
		if (killed === 'afterEvents' && this.mode === 'inMemory') {
			for (const { eventId } of events) this.mayComeAgain.add(eventId);
			return this.restart();
		}
		// n8n's in-memory scheduler does not save the state after a poll without events.
		if (this.mode === 'durable' || this.#isFirstPoll || events.length > 0) {
			this.#saved = JSON.stringify(state);
		}
		this.#isFirstPoll = false;
		if (killed === 'afterEvents') this.restart();
	}
}

class Run {
	readonly #history: Shown[] = [];
	/** How many times in a row the list of a station has lagged behind. */
	readonly #lags = new Map<string, number>();
	/** How many events had happened when watching began. */
	#before?: number;

	constructor(
		readonly world: World,
		readonly host: Host,
		readonly wanted: readonly EventName[],
	) {
		this.#history.push(world.show());
	}

	async do(next: Step): Promise<void> {
		const { world, host } = this;
		if (next.type === 'poll') return await this.#poll(next);
		if (next.type === 'act') {
			const { places } = world;
			world.act(places[next.place % places.length], next.choice);
		} else if (next.type === 'pass') world.pass(next.minutes * 60_000);
		// No station is missing when watching begins.
		else if (next.type === 'toggle' && host.state) world.toggle(next.station);
		else if (next.type === 'restart') host.restart();
		this.#history.push(world.show());
	}

	async #poll({ late, listLate, failing, killed, requests }: Poll): Promise<void> {
		const { world, host } = this;
		// The first poll sees one moment: after a late answer about the fleet, a look-up would show a later one.
		const isLate = host.state !== undefined || world.habits.shape === 'whole';
		const shown = this.#history.at(isLate ? -1 - late : -1) ?? this.#history[0];
		let count = 0;
		const request = <T,>(answer: () => T): Promise<T> =>
			count++ === failing ? Promise.reject(new Error('failed')) : Promise.resolve(answer());
		const api: PollApi = {
			transactionsSince: (stationId, startDate) =>
				request(() =>
					transactionsOf({
						transactions: world.list(this.#listed(stationId, listLate), stationId, startDate),
					}),
				),
			transaction: (txId) =>
				request(() => readTransaction(world.whole(this.#history.at(-1)!, txId))),
			now: () => world.now,
			// The first poll has time for everything.
			hasTime: () => host.state === undefined || count < requests,
		};
		const settings = {
			wanted: {
				events: this.wanted,
				energyKwh: ENERGY_KWH,
				stateOfCharge: STATE_OF_CHARGE,
				powerLimitations: [],
			},
			isWatched: ({ simulated }: { simulated?: unknown }) => simulated !== true,
			watch: WATCH,
			emitOngoing: false,
		};
		const wasNew = host.state === undefined;
		try {
			const stations = await request(() => world.stations(shown));
			const { events, state } = await poll(stations, api, host.state, settings);
			if (wasNew && killed !== 'beforeEvents') this.#before = shown.happened;
			host.take(events, state, killed);
		} catch (error) {
			if ((error as Error).message !== 'failed') throw error;
		}
	}

	/** The moment that a list shows: it lags behind a few times at most, and then shows the present. */
	#listed(stationId: string, late: number): Shown {
		const lags = this.#lags.get(stationId) ?? 0;
		const lagsNow = late > 0 && lags < LAGS;
		this.#lags.set(stationId, lagsNow ? lags + 1 : 0);
		return this.#history.at(lagsNow ? -1 - late : -1) ?? this.#history[0];
	}

	/** Ends all disturbances, and polls until there are no more events. */
	async finish(): Promise<void> {
		const good: Poll = {
			type: 'poll',
			late: 0,
			listLate: 0,
			failing: 99,
			killed: 'no',
			requests: 99,
		};
		this.world.showAll();
		await this.do({ type: 'pass', minutes: 1 });
		for (let quiet = 0; quiet < 2; ) {
			const { length } = this.host.delivered;
			await this.do(good);
			quiet = this.host.delivered.length === length ? quiet + 1 : 0;
		}
	}

	/** The wanted events that happened while watching. */
	expected(): Map<string, string> {
		const { world, wanted } = this;
		return new Map(
			[...world.happened]
				.slice(this.#before)
				.filter(([id]) => wanted.some((event) => id.split(':')[1] === event))
				.filter(([id]) => !this.#isUncertain(id)),
		);
	}

	/** True for the starts and stops of charging that resumed: the API keeps the times of one phase only. */
	#isUncertain(id: string): boolean {
		return id.includes(':charging') && this.world.resumed.has(id.split(':')[0]);
	}

	check(): void {
		const { delivered, mayComeAgain } = this.host;
		const expected = this.expected();
		const ids = delivered.map(({ eventId }) => eventId).filter((id) => !this.#isUncertain(id));
		expect([...new Set(ids)].sort()).toEqual([...expected.keys()].sort());
		const again = ids.filter((id, index) => ids.indexOf(id) !== index);
		expect(again.filter((id) => !mayComeAgain.has(id))).toEqual([]);
		for (const { eventId, event, occurredAt } of delivered) {
			if (
				TIMED.includes(event) &&
				expected.has(eventId) &&
				this.world.habits.missing.length === 0
			) {
				expect(occurredAt).toBe(expected.get(eventId));
			}
		}
	}
}

it(
	'reports every event that happens, and reports it once, whatever happens to the polls',
	async () => {
		let transitions = 0;
		let delivered = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.record({
					fleet: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }),
					skewS: fc.oneof(fc.constant(0), fc.integer({ min: -7200, max: 7200 })),
					habits,
					mode: fc.constantFrom('inMemory' as const, 'durable' as const),
					wanted: fc.oneof(fc.constant(LASTING), fc.subarray(LASTING, { minLength: 1 })),
					steps: fc.array(step, { minLength: 60, maxLength: 200, size: 'max' }),
				}),
				async ({ fleet, skewS, habits: shownBy, mode, wanted, steps }) => {
					const world = new World(fleet, skewS * 1000, shownBy);
					const run = new Run(world, new Host(mode), wanted);
					for (const next of steps) await run.do(next);
					await run.finish();
					run.check();
					transitions += steps.length;
					delivered += run.host.delivered.length;
				},
			),
			{ numRuns: RUNS },
		);
		expect(transitions).toBeGreaterThanOrEqual(10_000);
		expect(delivered).toBeGreaterThan(1000);
	},
	RUNS * 600,
);
