import type { SimulatedClock } from '../clock.mts';
import type { StationAsset } from '../fleet.mts';
import type { MessageLog } from '../ocpp/messageLog.mts';
import type { StationCapacity } from './capacity.mts';
import type { CarSpec } from './car.mts';
import { Station } from './station.mts';

/** The cars that charge from the start. */
const FIRST_CARS: { stationId: string; evseId: number; cardNumber: string; car: CarSpec }[] = [
	{
		stationId: 'DEPOT-DC-1',
		evseId: 1,
		cardNumber: '04A1B2C3D4E501',
		car: { batteryKwh: 282, soc: 20, maxPowerKw: 110, phases: 3, efficiency: 0.95 },
	},
	{
		stationId: 'OFFICE-AC-3',
		evseId: 1,
		cardNumber: '04A1B2C3D4E502',
		car: { batteryKwh: 77, soc: 30, maxPowerKw: 11, phases: 3, efficiency: 0.9 },
	},
];

/** What the stations take, as different as real ones. */
const CAPACITIES: Record<string, StationCapacity> = {
	'DEPOT-DC-1': { periods: 33, levels: 5, profiles: 15, replacesBy: 'id' },
	'OFFICE-AC-3': { periods: 24, levels: 4, profiles: 10, replacesBy: 'id' },
	'OFFICE-AC-1': { periods: 24, levels: 8, profiles: 20, replacesBy: 'id' },
};

/** The simulated charging stations. */
export class SimulatedFleet {
	readonly #assets: readonly StationAsset[];
	readonly #endpoint: string;
	readonly #clock: SimulatedClock;
	readonly #messages: MessageLog;
	#stations = new Map<string, Station>();

	constructor(options: {
		assets: readonly StationAsset[];
		/** The CSMS, `ws://…`. */
		endpoint: string;
		clock: SimulatedClock;
		messages: MessageLog;
	}) {
		this.#assets = options.assets;
		this.#endpoint = options.endpoint;
		this.#clock = options.clock;
		this.#messages = options.messages;
	}

	get(stationId: string): Station | undefined {
		return this.#stations.get(stationId);
	}

	all(): Station[] {
		return [...this.#stations.values()];
	}

	/** Makes new stations without profiles or transactions, and connects them, except those whose place another one has. */
	async start(isTaken: (stationId: string) => boolean): Promise<void> {
		const stations = this.#assets.map(
			(asset) =>
				new Station({
					asset,
					endpoint: this.#endpoint,
					clock: this.#clock,
					messages: this.#messages,
					capacity: CAPACITIES[asset.stationId],
				}),
		);
		this.#stations = new Map(stations.map((station) => [station.asset.stationId, station]));
		await Promise.all(
			stations.filter(({ asset }) => !isTaken(asset.stationId)).map(({ link }) => link.connect()),
		);
	}

	/** Plugs in the cars that charge from the start. */
	async plugInFirstCars(): Promise<void> {
		for (const { stationId, evseId, cardNumber, car } of FIRST_CARS) {
			const station = this.get(stationId);
			const evse = station?.evse(evseId);
			if (!station?.link.online || !evse) continue;
			station.plugIn(evse, car);
			await station.presentCard(evse, { idToken: cardNumber, type: 'ISO14443' });
			await station.link.settled();
		}
	}

	async close(): Promise<void> {
		await Promise.all(this.all().map((station) => station.close()));
	}
}
