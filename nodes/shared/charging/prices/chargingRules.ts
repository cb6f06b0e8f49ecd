import { InputError } from '../base/inputError';
import type { StartDelay } from '../base/startDelay';
import type { Span } from '../base/timeline';
import { durationInWords } from '../base/words';
import { joinedSpans } from './chargingRuns';

/** Rules for cheapest hours besides the energy and the departure. */
export interface ChargingRules {
	/** For how many seconds charging goes on without a break once it has started; less only if all of it takes less. */
	leastRun?: number;
	/** How often charging starts at most. */
	mostStarts?: number;
	/** The highest price at which the car may charge. */
	priceCeiling?: number;
	/** The most periods of the schedule, also after the departure. */
	mostPeriods?: number;
	/** What holds after the departure. */
	after?: AfterDeparture;
	/** By how many seconds all prices decide late. */
	startDelay?: Pick<StartDelay, 'seconds' | 'most'>;
}

/** A limit (A or W) from the departure on, for some seconds. */
export interface AfterDeparture {
	limit: number;
	lasts: number;
}

/** What holds after the spans of a plan. */
export interface Afterwards {
	/** For how many seconds the last limit goes on, because a rise comes late. */
	goesOn?: number;
	/** What holds then. */
	after?: AfterDeparture;
}

/** How long charging goes on within rules, in seconds. */
export interface Feasible {
	seconds: number;
	/** The shortest run. */
	leastRun: number;
}

/**
 * For how long a car can charge within rules: as long as wanted; a little longer, if runs that are long enough add up to
 * more; or for as long as possible, if the time at or below the price ceiling is too short anyway.
 * @param open when charging is allowed, in order of time
 * @throws InputError if other rules than the ceiling leave too little time
 */
export function feasibleTime(
	open: readonly Span[],
	wanted: number,
	{ leastRun: least = 0, mostStarts = Infinity }: ChargingRules,
): Feasible {
	const lengths = joinedSpans(open)
		.map(({ from, to }) => to - from)
		.sort((a, b) => b - a);
	const total = lengths.reduce((sum, length) => sum + length, 0);
	const leastRun = Math.min(least, wanted);
	/** The most time in so many of the longest stretches. */
	const sums = lengths.reduce<number[]>((all, length) => [...all, (all.at(-1) ?? 0) + length], []);
	const usable = lengths.filter((length) => length >= leastRun).length;
	const counts = sums.slice(0, Math.min(usable, mostStarts)).map((sum, index) => ({
		sum,
		starts: index + 1,
	}));
	const fitting = counts
		.filter(({ sum }) => sum >= wanted)
		.map(({ starts }) => Math.max(wanted, starts * leastRun));
	if (fitting.length > 0) return { seconds: Math.min(...fitting), leastRun };
	if (total <= wanted) return { seconds: counts.at(-1)?.sum ?? 0, leastRun };
	const needed = sums.findIndex((sum) => sum >= wanted) + 1;
	const shortest = Math.floor(lengths[needed - 1] / 60) * 60;
	const runs = `${needed} ${needed === 1 ? 'start' : 'starts'}`;
	throw needed > mostStarts
		? new InputError(
				`At or below the Price Ceiling the energy needs ${runs}, and Most Starts is ${mostStarts}`,
				`Set Most Starts to ${needed}${least > shortest ? ` and Least Run to at most ${shortest / 60} min` : ''}, raise the Price Ceiling, or charge less.`,
			)
		: new InputError(
				`At or below the Price Ceiling charging has to pause after ${durationInWords(shortest)}, and Least Run is ${durationInWords(least)}`,
				`Set Least Run to at most ${shortest / 60} min, raise the Price Ceiling, or charge less.`,
			);
}
