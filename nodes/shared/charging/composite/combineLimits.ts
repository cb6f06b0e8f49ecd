import type { InstalledProfile, RateUnit } from '../profile/profile';

/** What is needed to convert between amperes and watts. */
export interface Supply {
	/** Nominal voltage, phase to neutral (V). */
	voltage: number;
	/** Phases of the AC supply, usually 3. Absent on DC, where W = A × V. */
	phases?: number;
}

/** A limit at one moment: A per phase, or W over all phases. */
export interface Limit {
	value: number;
	unit: RateUnit;
	numberPhases?: number;
	/** The profiles that set the limit; none if it is the local limit. */
	setBy: readonly InstalledProfile[];
}

/** The lowest limit, in `unit`, on the fewest phases that any limit allows. There must be at least one limit. */
export function lowest(limits: readonly Limit[], unit: RateUnit, supply: Supply): Limit {
	const numberPhases = phases(limits, Math.min);
	return limits
		.map((limit) => ({ ...limit, ...inUnit(limit, unit, supply, numberPhases), numberPhases }))
		.reduce((a, b) => (b.value < a.value ? b : a));
}

/**
 * What several EVSEs may draw together, if all limits are in `unit`: A on the most loaded phase, or W in total. If one of
 * them has no limit, the others do not matter.
 */
export function sum(limits: readonly Limit[], unit: RateUnit): Limit {
	const value = limits.reduce((total, limit) => total + limit.value, 0);
	if (value === Infinity) return { value, unit, setBy: [] };
	return {
		value,
		unit,
		numberPhases: phases(limits, Math.max),
		setBy: [...new Set(limits.flatMap(({ setBy }) => setBy))],
	};
}

/** Rounds down to one decimal, so that a converted limit never exceeds the limit that was set. */
export function roundDown(value: number): number {
	const binaryNoise = 1e-6;
	return Math.floor(value * 10 + binaryNoise) / 10;
}

function phases(
	limits: readonly Limit[],
	choose: (a: number, b: number) => number,
): number | undefined {
	let chosen: number | undefined;
	for (const { numberPhases } of limits) {
		if (numberPhases !== undefined) chosen = choose(chosen ?? numberPhases, numberPhases);
	}
	return chosen;
}

function inUnit(limit: Limit, unit: RateUnit, supply: Supply, numberPhases = supply.phases ?? 1) {
	const voltage = supply.voltage * numberPhases;
	if (limit.unit === unit) return { value: limit.value, unit };
	return { value: unit === 'A' ? limit.value / voltage : limit.value * voltage, unit };
}
