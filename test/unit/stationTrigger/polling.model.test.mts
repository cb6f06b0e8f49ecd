import fc from 'fast-check';

import type { Station } from '../../../nodes/shared/chargeye/stations.ts';
import { EVENT_NAMES, type Aspect } from '../../../nodes/StationTrigger/events.ts';
import { poll, type PollSettings } from '../../../nodes/StationTrigger/polling/poll.ts';
import type { StationEvent } from '../../../nodes/StationTrigger/polling/stationEvent.ts';
import type { PollState } from '../../../nodes/StationTrigger/polling/triggerState.ts';
import { expectedOf, type Seen } from './expected.mts';
import { WATCH } from './poller.mts';

/** For more runs: `MODEL_RUNS=3000 npx jest --selectProjects unit --testPathPatterns stationTrigger/polling.model`. */
const RUNS = Number(process.env.MODEL_RUNS ?? 150);

/** How many connectors each station has. */
const FLEET = [2, 1];

/** Every status of the fleet: `S0`, its `stationStatus` as `S0:`, and its connectors `S0/1`, `S0/2`. */
const PLACES: Array<{ name: string; station: number; aspect: Aspect; connectorId?: string }> =
	FLEET.flatMap((connectors, station) => [
		{ name: `S${station}`, station, aspect: 'onlineStatus' as const },
		{ name: `S${station}:`, station, aspect: 'stationStatus' as const },
		...Array.from({ length: connectors }, (_, index) => ({
			name: `S${station}/${index + 1}`,
			station,
			aspect: 'connectorStatus' as const,
			connectorId: String(index + 1),
		})),
	]);

/** The statuses that each aspect can have, with those that the API does not know and one that is new. */
const STATUSES: Record<Aspect, Array<string | null>> = {
	onlineStatus: ['Online', 'Offline', 'Offline', 'Online', null],
	stationStatus: ['Operative', 'Faulted', 'Unavailable', 'Operative', null, 'UnderRepair'],
	connectorStatus: [
		'Available',
		'Faulted',
		'Occupied',
		'Unavailable',
		'Charging',
		'Occupied',
		'Reserved',
		'Unknown',
	],
};

/** A poll, and what goes wrong with it. */
interface Poll {
	type: 'poll';
	isLost: boolean;
	/** When n8n is killed: before the events start the workflow, or after that but before the state is saved. */
	killed: 'no' | 'beforeEvents' | 'afterEvents';
}

type Step =
	| { type: 'set'; place: number; choice: number }
	/** A status that comes and goes with every poll. */
	| { type: 'flap'; place: number; polls: number; seconds: number }
	| { type: 'toggle'; place: number }
	| { type: 'pass'; minutes: number }
	| { type: 'restart' }
	| Poll;

const place = fc.nat(PLACES.length - 1);

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 12,
		arbitrary: fc.record({ type: fc.constant('set' as const), place, choice: fc.nat(60) }),
	},
	{
		weight: 8,
		arbitrary: fc.record({
			type: fc.constant('poll' as const),
			isLost: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean()),
			killed: fc.oneof(
				{ weight: 8, arbitrary: fc.constant('no' as const) },
				fc.constantFrom('beforeEvents' as const, 'afterEvents' as const),
			),
		}),
	},
	{ weight: 3, arbitrary: fc.record({ type: fc.constant('pass' as const), minutes: fc.nat(12) }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant('toggle' as const), place }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
	{
		weight: 1,
		arbitrary: fc.record({
			type: fc.constant('flap' as const),
			place,
			polls: fc.nat(24),
			seconds: fc.integer({ min: 5, max: 300 }),
		}),
	},
);

/** The part of n8n that stores a trigger's state and starts workflows, and what was seen until each stored state. */
class Host {
	state?: PollState;
	seen: Seen[][] = PLACES.map(() => []);
	kept: StationEvent[] = [];
	#saved: Pick<Host, 'state' | 'seen' | 'kept'> = { seen: this.seen, kept: [] };
	/** Everything with which a workflow was started. */
	readonly delivered: StationEvent[] = [];
	/** The events that may come twice: n8n was killed after the workflow had started and before the state was saved. */
	readonly mayComeAgain = new Set<string>();

	/** @param mode how n8n schedules polls: the durable scheduler stores state and events together */
	constructor(readonly mode: 'inMemory' | 'durable') {}

	restart(): void {
		Object.assign(this, this.#saved);
	}

	/** Delivers the events that a poll returned, and stores its state. */
	take(events: StationEvent[], state: PollState, seen: Seen[][], killed: Poll['killed']): void {
		if (killed === 'beforeEvents') return this.restart();
		this.delivered.push(...events);
		const isFirst = this.state === undefined;
		if (killed === 'afterEvents' && this.mode === 'inMemory') {
			for (const { eventId } of events) this.mayComeAgain.add(eventId);
			return this.restart();
		}
		this.state = JSON.parse(JSON.stringify(state)) as PollState;
		this.seen = seen;
		this.kept = [...this.kept, ...events];
		// n8n's in-memory scheduler does not save the state after a poll without events.
		if (this.mode === 'durable' || isFirst || events.length > 0) {
			this.#saved = { state: this.state, seen, kept: this.kept };
		}
		if (killed === 'afterEvents') this.restart();
	}
}

class Run {
	nowMs = Date.UTC(2026, 2, 29, 0, 30);
	transitions = 0;
	readonly #statuses = PLACES.map(({ aspect }) => STATUSES[aspect][0]);
	readonly #cars = PLACES.map((): string | undefined => undefined);
	readonly #hidden = new Set<number>();

	constructor(
		readonly host: Host,
		readonly settings: PollSettings,
	) {}

	do(next: Step): void {
		if (next.type === 'poll') return this.#poll(next);
		if (next.type === 'set') this.#set(next.place, next.choice);
		else if (next.type === 'pass') this.nowMs += next.minutes * 60_000;
		else if (next.type === 'restart') this.host.restart();
		else if (next.type === 'toggle') {
			if (!this.#hidden.delete(next.place)) this.#hidden.add(next.place);
		} else {
			for (let index = 0; index < next.polls; index++) {
				this.#set(next.place, index % 2);
				this.nowMs += next.seconds * 1000;
				this.#poll({ type: 'poll', isLost: false, killed: 'no' });
			}
		}
	}

	#set(index: number, choice: number): void {
		this.nowMs += 1000;
		const statuses = STATUSES[PLACES[index].aspect];
		const status = statuses[choice % statuses.length];
		const car = [undefined, 'A', 'B'][choice % 3];
		if (status !== this.#statuses[index] || car !== this.#cars[index]) this.transitions++;
		this.#statuses[index] = status;
		this.#cars[index] = car;
	}

	/** Whether the API shows a place: with a station it hides its connectors. */
	#isShown(index: number): boolean {
		const { station } = PLACES[index];
		const whole = PLACES.findIndex((one) => one.station === station);
		const isConnector = PLACES[index].connectorId !== undefined;
		return !this.#hidden.has(whole) && !(isConnector && this.#hidden.has(index));
	}

	#stations(): Station[] {
		const at = (station: number, aspect: Aspect) =>
			PLACES.flatMap((one, index) =>
				one.station === station && one.aspect === aspect && this.#isShown(index) ? [index] : [],
			);
		return FLEET.flatMap((_, station) => {
			const [online] = at(station, 'onlineStatus');
			if (online === undefined) return [];
			const connectors = at(station, 'connectorStatus').map((index) => ({
				connectorId: PLACES[index].connectorId,
				status: this.#statuses[index],
				latestTransaction: { txId: this.#cars[index] ?? null },
			}));
			const [own] = at(station, 'stationStatus');
			return [
				{
					stationId: `S${station}`,
					onlineStatus: this.#statuses[online],
					status: this.#statuses[own],
					connectors,
				},
			];
		});
	}

	/** What this poll sees of each place, besides what was seen before. */
	#seen(): Seen[][] {
		return this.host.seen.map((before, index) => {
			const status = this.#statuses[index];
			const isKnown = status !== null && status !== 'Unknown' && this.#isShown(index);
			const now = { atMs: this.nowMs, status: status ?? '', car: this.#cars[index] };
			return isKnown ? [...before, now] : before;
		});
	}

	#poll({ isLost, killed }: Poll): void {
		this.nowMs += 1000;
		if (isLost) return;
		const { host, settings } = this;
		const before = host.state;
		const stations = this.#stations();
		const { events, state } = poll(stations, this.nowMs, before, settings);
		if (before) {
			// The same poll again, later: the same events have the same IDs.
			const again = poll(stations, this.nowMs + 1000, before, settings).events;
			expect(again.map(({ eventId }) => eventId)).toEqual(
				expect.arrayContaining(events.map(({ eventId }) => eventId)),
			);
		}
		host.take(events, state, this.#seen(), killed);
	}

	check(): void {
		const { host, settings } = this;
		const began = host.state?.since;
		const expected = PLACES.flatMap(({ name, aspect }, index) => {
			const seen = host.seen[index];
			const isLeftOut = settings.leaveOutOngoing && seen[0]?.atMs === began;
			return expectedOf(seen, aspect, settings.wanted, isLeftOut).map((one) => ({ name, ...one }));
		});
		const reported = host.kept.map((event) => ({
			name:
				event.connectorId === undefined
					? `${String(event.station.stationId)}${event.aspect === 'stationStatus' ? ':' : ''}`
					: `${String(event.station.stationId)}/${event.connectorId}`,
			event: event.event,
			previous: (event.aspect === 'onlineStatus' ? event.onlineStatus : event.status).previous,
			sinceMs: Date.parse(event.since!),
			atMs: Date.parse(event.occurredAt),
			unreported: event.unreported,
		}));
		const sorted = (all: object[]) => all.map((one) => JSON.stringify(one)).sort();
		expect(sorted(reported)).toEqual(sorted(expected));
		const ids = host.delivered.map(({ eventId }) => eventId);
		const again = ids.filter((id, index) => ids.indexOf(id) !== index);
		expect(again.filter((id) => !host.mayComeAgain.has(id))).toEqual([]);
	}
}

it(
	'reports every state that lasts, and its end, and reports it once, whatever happens to the polls',
	() => {
		let transitions = 0;
		let delivered = 0;
		const kinds = new Set<string>();
		let unreported = 0;
		fc.assert(
			fc.property(
				fc.record({
					mode: fc.constantFrom('inMemory' as const, 'durable' as const),
					minutes: fc.constantFrom(0, 0, 1, 5, 15),
					leaveOutOngoing: fc.boolean(),
					events: fc.oneof(
						fc.constant([...EVENT_NAMES]),
						fc.subarray([...EVENT_NAMES], { minLength: 1 }),
					),
					steps: fc.array(step, { minLength: 60, maxLength: 200, size: 'max' }),
				}),
				({ mode, minutes, leaveOutOngoing, events, steps }) => {
					const wanted = { events, atLeastMs: minutes * 60_000 };
					const run = new Run(new Host(mode), { wanted, watch: WATCH, leaveOutOngoing });
					for (const next of steps) run.do(next);
					run.do({ type: 'poll', isLost: false, killed: 'no' });
					run.check();
					transitions += run.transitions;
					delivered += run.host.delivered.length;
					for (const event of run.host.delivered) {
						kinds.add(event.event);
						unreported += event.unreported;
					}
				},
			),
			{ numRuns: RUNS },
		);
		expect(transitions).toBeGreaterThanOrEqual(10_000);
		expect(delivered).toBeGreaterThan(1000);
		expect(unreported).toBeGreaterThan(100);
		expect([...kinds].sort()).toEqual([...EVENT_NAMES].sort());
	},
	RUNS * 600,
);
