/** A car, as a charging station sees it. */
export interface CarSpec {
	batteryKwh: number;
	/** State of charge, %. */
	soc: number;
	/** The most power that the car takes: on AC by its onboard charger, on DC by its battery. */
	maxPowerKw: number;
	/** Phases of the onboard charger; ignored on DC. */
	phases: 1 | 2 | 3;
	/** How much of what the meter counts the battery stores: 0.9 loses a tenth. Absent: all of it. */
	efficiency?: number;
	/** The most power by state of charge, straight in between. Absent: full power up to 80 %, a tenth of it at 100 %. */
	chargingCurve?: readonly CurvePoint[];
	/** On DC: after a transaction has ended, the car charges again only once it has been unplugged. */
	mustReplug?: boolean;
	/** On DC: how long the station tests the insulation before it charges, s. Absent: no time. */
	insulationTestS?: number;
}

export interface CurvePoint {
	/** % */
	soc: number;
	powerKw: number;
}

/** All about a car that changes, and its specification. */
export interface CarSnapshot {
	spec: CarSpec;
	/** What it has drawn, mJ. */
	drawnMj: number;
	hasStopped: boolean;
}

const MJ_PER_KWH = 3_600_000_000;

/** The power that a car takes until it has drawn an energy. */
interface Stage {
	powerW: number;
	untilMj: number;
}

/**
 * A battery that takes another power with each percent of its charging curve, and is full at 100 %. Energies are whole
 * millijoules, so that it makes no difference in how many steps they come.
 */
export class Car {
	readonly phases: CarSpec['phases'];
	readonly #spec: CarSpec;
	readonly #stages: readonly Stage[];
	#drawnMj = 0;
	/** Takes no more energy until it is unplugged. */
	#hasStopped = false;

	constructor(spec: CarSpec) {
		this.phases = spec.phases;
		this.#spec = spec;
		this.#stages = stagesOf(spec);
	}

	static restored({ spec, drawnMj, hasStopped }: CarSnapshot): Car {
		const car = new Car(spec);
		car.#drawnMj = drawnMj;
		car.#hasStopped = hasStopped;
		return car;
	}

	snapshot(): CarSnapshot {
		return { spec: this.#spec, drawnMj: this.#drawnMj, hasStopped: this.#hasStopped };
	}

	/** State of charge, %. */
	get soc(): number {
		const { batteryKwh, soc, efficiency = 1 } = this.#spec;
		const storedKwh = (this.#drawnMj / MJ_PER_KWH) * efficiency;
		return Math.min(100, soc + (storedKwh / batteryKwh) * 100);
	}

	/** How long its insulation is tested before it charges, ms. */
	get insulationTestMs(): number {
		return Math.round((this.#spec.insulationTestS ?? 0) * 1000);
	}

	/** The power (W) that the car would take now if nothing limited it; 0 if it is full or has stopped. */
	get acceptedPowerW(): number {
		return this.#hasStopped ? 0 : (this.#stage?.powerW ?? 0);
	}

	/** A DC transaction ends with the cable in. */
	stop(): void {
		this.#hasStopped = this.#spec.mustReplug ?? false;
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
function stagesOf(spec: CarSpec): Stage[] {
	const { batteryKwh, soc, efficiency = 1 } = spec;
	const first = Math.floor(soc);
	return Array.from({ length: 100 - first }, (_, index) => {
		const percent = first + index;
		return {
			powerW: Math.max(1, Math.round(powerAt(spec, percent) * 1000)),
			untilMj: Math.ceil((((percent + 1 - soc) / 100) * batteryKwh * MJ_PER_KWH) / efficiency),
		};
	});
}

/** The power (kW) that a car takes at a state of charge. */
function powerAt({ maxPowerKw, chargingCurve }: CarSpec, soc: number): number {
	const curve = chargingCurve ?? [
		{ soc: 80, powerKw: maxPowerKw },
		{ soc: 100, powerKw: maxPowerKw / 10 },
	];
	const sorted = [...curve].sort((a, b) => a.soc - b.soc);
	const after = sorted.find((point) => point.soc > soc);
	const before = sorted.findLast((point) => point.soc <= soc) ?? after;
	if (before === undefined) return maxPowerKw;
	const share = after && after !== before ? (soc - before.soc) / (after.soc - before.soc) : 0;
	const rise = (after ?? before).powerKw - before.powerKw;
	return Math.min(maxPowerKw, before.powerKw + share * rise);
}
