import type { SimulatedClock } from './clock.mts';
import type { Csms } from './csms/csms.mts';
import { HttpError } from './http/httpError.mts';
import { readState, type SandboxState } from './state/state.mts';
import type { SimulatedFleet } from './stations/simulatedFleet.mts';
import type { StationSnapshot } from './stations/station.mts';
import { Turns } from './turns.mts';

/** How to start again; what is left out is as when the sandbox started. */
export interface ResetOptions {
	cars?: boolean;
	seed?: number;
}

export interface LifecycleOptions {
	clock: SimulatedClock;
	csms: Csms;
	fleet: SimulatedFleet;
	/** Resolves when the CSMS of the stations has noticed something; at once if it is another one, which shows nothing. */
	csmsSees: (what: string, condition: () => boolean) => Promise<void>;
	/** Whether cars charge from the start, and the seed, if a reset does not say. */
	usual: Required<ResetOptions>;
	/** Ends what plays by itself, before anything is taken away. */
	stopPlaying: () => void;
	/** Takes everything else away: faults, logs, tokens. */
	clear: (seed: number) => void;
}

/** The beginning and the end of the simulated world, one at a time: from nothing, from a state, or for good. */
export class Lifecycle {
	readonly #options: LifecycleOptions;
	readonly #turns = new Turns();
	#isClosing = false;

	constructor(options: LifecycleOptions) {
		this.#options = options;
	}

	/**
	 * Starts again from nothing, and then does something before anyone else can. Resolves when every station has reported.
	 * @throws HttpError 503 while it is being closed
	 */
	reset({ cars, seed }: ResetOptions = {}, then = (): void => undefined): Promise<void> {
		const { clock, fleet, usual } = this.#options;
		return this.#restart(seed ?? usual.seed, async () => {
			clock.set({ now: Date.now(), speed: 1 });
			await this.#startFleet();
			if (cars ?? usual.cars) await fleet.plugInFirstCars();
			then();
		});
	}

	/** All that the sandbox knows now. */
	state(): SandboxState {
		const { clock, csms, fleet } = this.#options;
		return {
			version: 1,
			clock: { now: clock.timestamp(), speed: clock.speed },
			stations: fleet.snapshot(),
			cloud: csms.snapshot(),
		};
	}

	/**
	 * Continues from a state, at its time and speed.
	 * @param data what was parsed from JSON
	 * @throws StateError before anything changes; HttpError 503 while it is being closed
	 */
	async continueFrom(data: unknown): Promise<void> {
		const { clock, csms, fleet, usual } = this.#options;
		const state = readState(data, fleet.assets);
		await this.#restart(usual.seed, async () => {
			// No time passes until everything is there.
			clock.set({ now: Date.parse(state.clock.now), speed: 0 });
			csms.restore(state.cloud);
			await this.#startFleet(state.stations);
			clock.set({ speed: state.clock.speed });
		});
	}

	/** Takes everything away for good, when its turn comes. */
	close(): Promise<void> {
		this.#isClosing = true;
		const { clock, csms, fleet, stopPlaying } = this.#options;
		stopPlaying();
		return this.#turns.run(async () => {
			clock.stop();
			await fleet.close();
			await csms.close();
		});
	}

	#restart(seed: number, start: () => Promise<void>): Promise<void> {
		const { csms, fleet, stopPlaying, clear } = this.#options;
		return this.#turns.run(async () => {
			if (this.#isClosing) throw new HttpError(503, 'The sandbox is being stopped.');
			stopPlaying();
			await fleet.close();
			await csms.reset();
			clear(seed);
			await start();
		});
	}

	async #startFleet(snapshots: readonly StationSnapshot[] = []): Promise<void> {
		const { csms, csmsSees, fleet } = this.#options;
		const isTaken = (stationId: string) => csms.isTaken(stationId);
		const connecting = await fleet.start(isTaken, snapshots);
		await csmsSees('every station to report', () =>
			connecting.every((id) => csms.stations.get(id)?.reported || isTaken(id)),
		);
	}
}
