import pLimit from 'p-limit';
import type { SimulatedClock } from '../clock.mts';
import type { StationAsset } from '../fleet.mts';
import type { MessageLog } from '../ocpp/messageLog.mts';
import type { StationCapacity } from './capacity.mts';
import { firstCarOf } from './firstCars.mts';
import type { CentralSystem } from './link.mts';
import { Station, type StationSnapshot } from './station.mts';

/** What the stations take, by model, as different as real ones. */
const CAPACITIES: Record<string, StationCapacity> = {
	'DC-120': { periods: 33, levels: 5, profiles: 15, replacesBy: 'id' },
	'AC-22': { periods: 24, levels: 4, profiles: 10, replacesBy: 'id' },
	'AC-7': { periods: 24, levels: 8, profiles: 20, replacesBy: 'id' },
};

/** How many unanswered events are normal: more happen at once when a transaction starts or ends. */
const WAITING_EVENTS = 5;

/**
 * How many stations send an event at the same time. The cars of a fleet that were plugged in together also report together,
 * and a command should not have to wait for all of them.
 */
const SENDING_AT_ONCE = 8;

/** The simulated charging stations. */
export class SimulatedFleet {
	/** All stations, whether or not they have been made. */
	readonly assets: readonly StationAsset[];
	readonly #csms: CentralSystem;
	readonly #clock: SimulatedClock;
	readonly #messages: MessageLog | undefined;
	readonly #turns = pLimit(SENDING_AT_ONCE);
	#stations = new Map<string, Station>();

	constructor(options: {
		assets: readonly StationAsset[];
		/** The CSMS that the stations connect to. */
		csms: CentralSystem;
		clock: SimulatedClock;
		/** Where the stations log their OCPP messages; absent if their CSMS logs them. */
		messages?: MessageLog;
	}) {
		this.assets = options.assets;
		this.#csms = options.csms;
		this.#clock = options.clock;
		this.#messages = options.messages;
	}

	get(stationId: string): Station | undefined {
		return this.#stations.get(stationId);
	}

	/** All about the stations that changes, at one moment. */
	snapshot(): StationSnapshot[] {
		const now = this.#clock.now();
		return this.all().map((station) => station.snapshot(now));
	}

	all(): Station[] {
		return [...this.#stations.values()];
	}

	/**
	 * Makes new stations, and connects them, except those whose place another one has, and those that were offline. One
	 * that cannot connect tries again later.
	 * @param snapshots what some of them continue from; all others have no profiles and no transactions
	 * @returns the IDs of those that it connects
	 */
	async start(
		isTaken: (stationId: string) => boolean,
		snapshots: readonly StationSnapshot[] = [],
	): Promise<string[]> {
		const stations = this.assets.map(
			(asset) =>
				new Station({
					asset,
					csms: this.#csms,
					clock: this.#clock,
					messages: this.#messages,
					turns: this.#turns,
					capacity: CAPACITIES[asset.model],
				}),
		);
		this.#stations = new Map(stations.map((station) => [station.asset.stationId, station]));
		for (const snapshot of snapshots) this.get(snapshot.stationId)?.restore(snapshot);
		const offline = new Set(
			snapshots.filter(({ connected }) => !connected).map(({ stationId }) => stationId),
		);
		const connecting = stations.filter(
			({ asset: { stationId } }) => !offline.has(stationId) && !isTaken(stationId),
		);
		await Promise.all(connecting.map(({ link }) => link.keepConnecting()));
		return connecting.map(({ asset }) => asset.stationId);
	}

	/** Plugs in the cars that charge from the start. */
	async plugInFirstCars(): Promise<void> {
		await Promise.all(this.all().map((station, index) => plugInFirstCar(station, index)));
	}

	/** How many TransactionEvents the stations have still to send, or have no answer to. */
	get waitingEvents(): number {
		return this.all().reduce((sum, { link }) => sum + link.outbox.size, 0);
	}

	/** Whether most of the stations that are online have events to send that the central system has not answered. */
	get isBehind(): boolean {
		const online = this.all().filter(({ link }) => link.online);
		const behind = online.filter(({ link }) => link.outbox.size > WAITING_EVENTS);
		return behind.length > online.length / 2;
	}

	async close(): Promise<void> {
		await Promise.all(this.all().map((station) => station.close()));
	}
}

async function plugInFirstCar(station: Station, index: number): Promise<void> {
	const first = firstCarOf(station.asset, index);
	const evse = first && station.evse(first.evseId);
	if (!evse || !station.link.online) return;
	station.plugIn(evse, first.car);
	await station.presentCard(evse, { idToken: first.cardNumber, type: 'ISO14443' });
	await station.link.settled();
}
