/** A car, as a charging station sees it. */
export interface CarSpec {
	batteryKwh: number;
	/** State of charge, %. */
	soc: number;
	/** The most power that the car takes: on AC by its onboard charger, on DC by its battery. */
	maxPowerKw: number;
	/** Phases of the onboard charger; ignored on DC. */
	phases: 1 | 2 | 3;
}

const TAPER_FROM_SOC = 80;
const TAPER_END_SHARE = 0.1;
const MJ_PER_KWH = 3_600_000_000;

/** The power that a car takes until it has drawn an energy. */
interface Stage {
	powerW: number;
	untilMj: number;
}

/**
 * A battery that takes less power with each percent above 80 %, and is full at 100 %. Energies are whole millijoules, so
 * that it makes no difference in how many steps they come.
 */
export class Car {
	readonly phases: CarSpec['phases'];
	readonly #spec: CarSpec;
	readonly #stages: readonly Stage[];
	#drawnMj = 0;

	constructor(spec: CarSpec) {
		this.phases = spec.phases;
		this.#spec = spec;
		this.#stages = stagesOf(spec);
	}

	/** State of charge, %. */
	get soc(): number {
		const { batteryKwh, soc } = this.#spec;
		return Math.min(100, soc + (this.#drawnMj / MJ_PER_KWH / batteryKwh) * 100);
	}

	get full(): boolean {
		return this.#stage === undefined;
	}

	/** The power (W) that the car would take now if nothing limited it. */
	get acceptedPowerW(): number {
		return this.#stage?.powerW ?? 0;
	}

	/** How much the car draws before it takes another power (mJ). */
	get leftInStageMj(): number {
		return (this.#stage?.untilMj ?? Infinity) - this.#drawnMj;
	}

	/** Draws energy (mJ); returns how much of it the car took. */
	charge(energyMj: number): number {
		const taken = Math.min(energyMj, (this.#stages.at(-1)?.untilMj ?? 0) - this.#drawnMj);
		this.#drawnMj += taken;
		return taken;
	}

	get #stage(): Stage | undefined {
		return this.#stages.find(({ untilMj }) => untilMj > this.#drawnMj);
	}
}

/** The stages of charging, one for each percent from the present state of charge on. */
function stagesOf({ batteryKwh, soc, maxPowerKw }: CarSpec): Stage[] {
	const first = Math.floor(soc);
	return Array.from({ length: 100 - first }, (_, index) => {
		const percent = first + index;
		const intoTaper = Math.max(0, (percent - TAPER_FROM_SOC) / (100 - TAPER_FROM_SOC));
		const share = 1 - intoTaper * (1 - TAPER_END_SHARE);
		return {
			powerW: Math.max(1, Math.round(maxPowerKw * 1000 * share)),
			untilMj: Math.ceil(((percent + 1 - soc) / 100) * batteryKwh * MJ_PER_KWH),
		};
	});
}
