import { DAY, WEEK } from '../base/clocks';
import { modulo } from '../base/numbers';
import { blocksOf, splitBlock, type Block } from './blocks';
import type { Calendar } from './calendar';
import { limitsOfDays } from './localLimits';
import type { Planned, PlannedProfile } from './planned';
import { MONDAY, weekNumber } from './windows';

/** The same block on consecutive days of a local week. */
export interface Run {
	week: number;
	blocks: Block[];
	/** The number of the run in its week. */
	lane: number;
	level: number;
}

const endOf = ({ from, duration }: Block): number => from + duration;

/** A block cut at midnights (epoch seconds). */
function cutAt(block: Block, midnights: readonly number[]): Block[] {
	const end = endOf(block);
	const inside = midnights.filter((at) => block.from < at && at < end);
	// A zone that changes sides of the date line skips a whole day.
	const starts = [...new Set([block.from, ...inside])];
	return starts.map((from, index) => {
		const to = starts[index + 1] ?? end;
		const during = block.periods.filter(({ startPeriod }, nth) => {
			const next = block.periods[nth + 1]?.startPeriod ?? block.duration;
			return block.from + startPeriod < to && block.from + next > from;
		});
		const periods = during.map(({ limit, startPeriod }) => ({
			startPeriod: Math.max(0, block.from + startPeriod - from),
			limit,
		}));
		return { from, duration: to - from, periods };
	});
}

const isNextDay = (before: Block, block: Block): boolean =>
	before.from + DAY === block.from &&
	before.duration === block.duration &&
	before.duration <= DAY &&
	JSON.stringify(before.periods) === JSON.stringify(block.periods);

/** When and how runs are planned; all times in epoch seconds. */
interface RunOptions {
	/** The first and the last moment that matter. */
	from: number;
	to: number;
	/** The most periods that a profile may have. */
	most: number;
	/** Whether equal blocks on consecutive days of a week become one run. */
	merged: boolean;
}

/**
 * The runs of a tariff week in whole local weeks, from two weeks before `from` on: a run of the week before can still
 * last, and the first one of all may be cut. They have the same number and stack level whenever they are planned. What lasts longer than a day is cut at midnight. Runs that last at the same time
 * have different stack levels (K01.FR.06).
 */
export function runsOf(calendar: Calendar, { from, to, most, merged }: RunOptions): Run[] {
	const begin = endOfWeeks(calendar, from, -2);
	const days = limitsOfDays(
		calendar.weeks,
		calendar,
		begin,
		Math.ceil((to - begin) / DAY) + WEEK / DAY + 1,
	);
	const blocks = blocksOf(days.limits, days.to)
		.flatMap((block) => (block.duration > DAY ? cutAt(block, days.midnights) : [block]))
		.flatMap((block) => splitBlock(block, most));
	const runs: Run[] = [];
	const byWeek = new Map<number, Run[]>();
	for (const block of blocks) {
		const week = weekNumber(block.from, calendar.offsets.at(block.from));
		const others = byWeek.get(week) ?? [];
		byWeek.set(week, others);
		const open = merged && others.find((run) => isNextDay(run.blocks.at(-1)!, block));
		if (open) {
			open.blocks.push(block);
			continue;
		}
		const run = { week, blocks: [block], lane: others.length, level: 0 };
		runs.push(run);
		others.push(run);
	}
	runs.forEach((run, index) => {
		// No run lasts until the end of the week after its own.
		const count = run.lane + (byWeek.get(run.week - 1)?.length ?? 0);
		const earlier = runs.slice(Math.max(0, index - count), index);
		const taken = earlier
			.filter(({ blocks: others }) => endOf(others.at(-1)!) > run.blocks[0].from)
			.map(({ level }) => level);
		while (taken.includes(run.level)) run.level++;
	});
	return runs;
}

/**
 * Plans the profiles of the runs from `start` to `end`, valid only from the begin to the end of their run: Absolute, or
 * Daily for several days. Built again later, profiles for the same week have the same IDs. The last one can continue
 * past `end`.
 * @param start epoch seconds
 * @param end a local midnight, in epoch seconds
 * @param weeks how many local weeks the time from any such start to its end can touch
 */
export function planRuns(
	runs: readonly Run[],
	{ start, end, weeks }: { start: number; end: number; weeks: number },
): Omit<Planned, 'changes'> {
	// A run may be of the week before that of `start`.
	const slots = weeks + 1;
	const profiles = runs
		.filter(({ blocks }) => blocks[0].from < end && endOf(blocks.at(-1)!) > start)
		.map((run) => ({ ...run, blocks: run.blocks.filter(({ from }) => from < end) }))
		.filter(({ blocks }) => endOf(blocks.at(-1)!) > start)
		.map(({ week, blocks, lane, level }): PlannedProfile => {
			const [first] = blocks;
			return {
				id: lane * slots + modulo(week, slots),
				level,
				...(blocks.length > 1 && { recurrencyKind: 'Daily' }),
				validFrom: first.from,
				validTo: endOf(blocks.at(-1)!),
				start: first.from,
				duration: first.duration,
				periods: first.periods,
			};
		});
	return { profiles, until: end };
}

/** The end of a number of local weeks, including that of `start`; both in epoch seconds. */
export const endOfWeeks = ({ offsets, momentOf }: Calendar, start: number, weeks: number): number =>
	momentOf((weekNumber(start, offsets.at(start)) + weeks) * WEEK + MONDAY);

/** How many local weeks a number of days can touch. */
export const weeksOf = (days: number): number => Math.ceil((days + 6) / (WEEK / DAY));
