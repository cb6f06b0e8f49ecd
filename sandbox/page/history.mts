import { randomUUID } from 'node:crypto';
import type { SimulatedClock } from '../clock.mts';
import { stationState } from '../control/stationState.mts';
import type { ScriptedAnswer } from '../stations/scriptedAnswers.mts';
import type { SimulatedFleet } from '../stations/simulatedFleet.mts';

/** What the page shows of a station at one moment. */
export interface StationSample {
	stationId: string;
	name: string;
	location: string;
	connected: boolean;
	/** Power that flows now, W. */
	powerW: number;
	/** What all connectors together may draw now, W. */
	limitW: number;
	/** What the hardware can give, W. */
	maxPowerW: number;
	/** How it answers commands: the first scripted answer, if there are any. */
	answers: ScriptedAnswer['behaviour'];
	connectors: ConnectorSample[];
}

export interface ConnectorSample {
	evseId: number;
	name: string;
	status: string;
	/** Whether a car is plugged in. */
	cable: boolean;
	/** Whether a card, or a command, has authorized its transaction. */
	authorized: boolean;
	powerW: number;
	/** State of charge, %; null without a car. */
	soc: number | null;
	/** Energy of the transaction, kWh. */
	energyKwh: number;
}

export interface Sample {
	/** Counts up by one from sample to sample. */
	id: number;
	/** Another one after a reset, when the page forgets everything. */
	run: string;
	/** Simulated time, epoch ms. */
	time: number;
	/** How many simulated seconds pass per second. */
	speed: number;
	stations: StationSample[];
}

const INTERVAL_MS = 1000;
/** Ten minutes. */
const KEPT = 600;

/** Samples all stations each second, and keeps the last samples. */
export class History {
	#samples: Sample[] = [];
	#nextId = 1;
	#run = randomUUID();
	readonly #listeners = new Set<(sample: Sample) => void>();
	readonly #timer: NodeJS.Timeout;

	constructor(
		private readonly fleet: SimulatedFleet,
		private readonly clock: SimulatedClock,
	) {
		this.#timer = setInterval(() => this.#take(), INTERVAL_MS);
		this.#timer.unref();
	}

	/** The ID of the next sample. */
	get nextId(): number {
		return this.#nextId;
	}

	/** Forgets the samples of what was before a reset. */
	restart(): void {
		this.#samples = [];
		this.#run = randomUUID();
	}

	/** The samples after one, oldest first; all that are kept if the ID is unknown. */
	after(id: number): readonly Sample[] {
		const isKnown = id < this.#nextId;
		return isKnown ? this.#samples.filter((sample) => sample.id > id) : this.#samples;
	}

	/** Calls the listener for each new sample; returns a function that stops that. */
	onSample(listener: (sample: Sample) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#listeners.clear();
	}

	#take(): void {
		const sample: Sample = {
			id: this.#nextId++,
			run: this.#run,
			time: this.clock.now(),
			speed: this.clock.speed,
			stations: this.fleet.all().map(sampleOf),
		};
		this.#samples.push(sample);
		if (this.#samples.length > KEPT) this.#samples.shift();
		for (const listener of this.#listeners) listener(sample);
	}
}

type SimulatedStation = Parameters<typeof stationState>[0];

function sampleOf(station: SimulatedStation): StationSample {
	const { asset } = station;
	const { stationId, connected, powerW, limitW, answers, evses } = stationState(station);
	return {
		stationId,
		name: asset.name,
		location: asset.location.name,
		connected,
		powerW,
		limitW: Math.min(limitW, asset.maxPowerW),
		maxPowerW: asset.maxPowerW,
		answers: answers[0]?.behaviour ?? 'usual',
		connectors: evses.map((evse, index) => ({
			evseId: evse.evseId,
			name: asset.evses[index].name,
			status: evse.status,
			cable: evse.cable,
			authorized: evse.transaction?.authorized ?? false,
			powerW: evse.powerW,
			soc: evse.soc,
			energyKwh: evse.energyKwh,
		})),
	};
}
