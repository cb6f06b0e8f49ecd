import { DAY, WEEK } from '../base/clocks';
import { combine, type Timeline } from '../base/timeline';
import type { ChargingSchedulePeriod, RecurrencyKind } from '../profile/profile';
import type { Week } from './windows';

type Limits = Timeline<number | undefined>;

/** Limits without a gap, which one schedule can hold. */
export interface Block {
	/** In seconds of the timeline that the block is from. */
	from: number;
	/** Seconds. */
	duration: number;
	periods: ChargingSchedulePeriod[];
}

/** A block in parts of at most a number of periods. */
export function splitBlock({ from, duration, periods }: Block, most: number): Block[] {
	if (periods.length <= most) return [{ from, duration, periods }];
	const firsts = periods
		.filter((_, index) => index % most === 0)
		.map((period) => period.startPeriod);
	return firsts.map((start, index) => {
		const end = firsts[index + 1] ?? duration;
		const inside = periods.filter(({ startPeriod }) => start <= startPeriod && startPeriod < end);
		return {
			from: from + start,
			duration: end - start,
			periods: inside.map((period) => ({ ...period, startPeriod: period.startPeriod - start })),
		};
	});
}

/** A block that recurs: `from` is in seconds of the local day, or of the local week from Monday 00:00 on. */
export interface RecurringBlock extends Block {
	recurrencyKind: RecurrencyKind;
}

/** The blocks of a timeline that ends at `end`. */
export function blocksOf(limits: Limits, end: number): Block[] {
	const blocks: Block[] = [];
	let open: Block | undefined;
	limits.forEach(({ from, value: limit }, index) => {
		if (limit === undefined) {
			open = undefined;
			return;
		}
		if (open === undefined) {
			open = { from, duration: 0, periods: [] };
			blocks.push(open);
		}
		if (open.periods.at(-1)?.limit !== limit) {
			open.periods.push({ startPeriod: from - open.from, limit });
		}
		open.duration = (limits[index + 1]?.from ?? end) - open.from;
	});
	return blocks;
}

/**
 * The blocks of a timeline that repeats after `length`; a block can continue past the end of the timeline.
 * @param fromChange whether a block without end begins where the limit changes, which saves a period
 */
export function circularBlocks(limits: Limits, length: number, fromChange = false): Block[] {
	const gap = limits.findIndex(({ value }) => value === undefined);
	const change = limits.findIndex(({ value }, index) => value !== limits.at(index - 1)!.value);
	const first = gap === -1 && fromChange ? change : gap;
	if (first === -1) return blocksOf(limits, length);
	const again = limits.slice(0, first).map(({ from, value }) => ({ from: from + length, value }));
	return blocksOf([...limits.slice(first), ...again], limits[first].from + length).map((block) => ({
		...block,
		from: block.from % length,
	}));
}

/** The limits of a day of the week, from its first second on. @param day 0 is Monday */
export function dayOf(week: Week, day: number): Limits {
	const start = day * DAY;
	const first = week.filter(({ from }) => from <= start).at(-1)!;
	const later = week.filter(({ from }) => start < from && from < start + DAY);
	return [
		{ from: 0, value: first.value },
		...later.map(({ from, value }) => ({ from: from - start, value })),
	];
}

/** The limit at each second of the day, where it is the same on all days of the week; undefined elsewhere. */
export function everyDay(week: Week): Limits {
	const days = Array.from({ length: WEEK / DAY }, (_, day) => dayOf(week, day));
	return combine(days, ([monday, ...others]) =>
		others.every((limit) => limit === monday) ? monday : undefined,
	);
}

/**
 * Divides a week into as few blocks as possible. Either all blocks recur weekly, or limits that all days have in common
 * recur daily and the others weekly. Blocks never overlap.
 */
export function recurringBlocks(week: Week): RecurringBlock[] {
	const ofWeek = (limits: Limits): RecurringBlock[] =>
		circularBlocks(limits, WEEK).map((block) => ({ ...block, recurrencyKind: 'Weekly' }));
	const common = everyDay(week);
	const commonInWeek = Array.from({ length: WEEK / DAY }, (_, day) =>
		common.map(({ from, value }) => ({ from: from + day * DAY, value })),
	).flat();
	const rest = combine([week, commonInWeek], ([limit, daily]) =>
		daily === undefined ? limit : undefined,
	);
	const weekly = ofWeek(week);
	const mixed: RecurringBlock[] = [
		...circularBlocks(common, DAY).map((block) => ({ ...block, recurrencyKind: 'Daily' as const })),
		...ofWeek(rest),
	];
	return mixed.length <= weekly.length ? mixed : weekly;
}
