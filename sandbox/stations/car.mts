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
/** With less than this left to charge (Wh) the battery counts as full. */
const FULL_WITHIN_WH = 1;

/** A battery that takes less power with each percent above 80 %, and is full at 100 %. */
export class Car {
	readonly phases: CarSpec['phases'];
	readonly #capacityWh: number;
	readonly #maxPowerW: number;
	#storedWh: number;

	constructor(spec: CarSpec) {
		this.phases = spec.phases;
		this.#capacityWh = spec.batteryKwh * 1000;
		this.#maxPowerW = spec.maxPowerKw * 1000;
		this.#storedWh = (this.#capacityWh * spec.soc) / 100;
	}

	/** State of charge, %. */
	get soc(): number {
		return Math.min(100, (this.#storedWh / this.#capacityWh) * 100);
	}

	get full(): boolean {
		return this.#capacityWh - this.#storedWh < FULL_WITHIN_WH;
	}

	/** The power (W) that the car would take now if nothing limited it. */
	get acceptedPowerW(): number {
		if (this.full) return 0;
		const intoTaper = Math.max(0, (Math.floor(this.soc) - TAPER_FROM_SOC) / (100 - TAPER_FROM_SOC));
		return this.#maxPowerW * (1 - intoTaper * (1 - TAPER_END_SHARE));
	}

	/** Stores energy (Wh); returns how much of it the battery took. */
	charge(energyWh: number): number {
		const stored = Math.min(energyWh, this.#capacityWh - this.#storedWh);
		this.#storedWh += stored;
		return stored;
	}
}
