import { DAY, WEEK } from '../base/clocks';
import { memoize } from '../base/memoize';
import { combine, type Span, type Timeline } from '../base/timeline';
import {
	blocksOf,
	circularBlocks,
	dayOf,
	everyDay,
	splitBlock,
	type RecurringBlock,
} from './blocks';
import type { Week } from './windows';

type Limits = Timeline<number | undefined>;

const DAYS = Array.from({ length: WEEK / DAY }, (_, day) => day);

/** Repeats a timeline. */
const repeated = (limits: Limits, length: number, times: number): Limits =>
	Array.from({ length: times }, (_, nth) =>
		limits.map(({ from, value }) => ({ from: from + nth * length, value })),
	).flat();

/** Which limits a Daily profile can have: a weekday’s or the most frequent ones, where every day has a limit. */
function dailyPatterns(week: Week): Limits[] {
	const days = DAYS.map((day) => dayOf(week, day));
	const patternOf = (choose: (values: number[]) => number): Limits =>
		combine(days, (values) => {
			const known = values.filter((value) => value !== undefined);
			return known.length < values.length ? undefined : choose(known);
		});
	const count = (values: number[], limit: number) => values.filter((one) => one === limit).length;
	return [
		everyDay(week),
		...DAYS.map((day) => patternOf((values) => values[day])),
		patternOf((values) =>
			values.reduce((best, one) => (count(values, one) > count(values, best) ? one : best)),
		),
	];
}

/** The times of the week at which a limit differs from that of every day; beyond its end if they continue there. */
function differences(week: Week, daily: Limits): Span[] {
	const differs = combine([week, repeated(daily, DAY, 7)], ([limit, everyDays]) =>
		limit === everyDays || limit === undefined ? undefined : 1,
	);
	return circularBlocks(differs, WEEK)
		.map(({ from, duration }) => ({ from, to: from + duration }))
		.sort((a, b) => a.from - b.from);
}

/** The limits from one second of the week to another, which may be in the next week. @param twice the week, two times */
function limitsDuring(twice: Limits, { from, to }: Span): Limits {
	const first = twice.filter((step) => step.from <= from).at(-1)!;
	return [
		{ from, value: first.value },
		...twice.filter((step) => from < step.from && step.from < to),
	];
}

const periodCount = (blocks: readonly RecurringBlock[]): number =>
	blocks.reduce((sum, { periods }) => sum + periods.length, 0);

/** A smaller layout comes first: fewer blocks, then fewer periods. */
const bySize = (a: RecurringBlock[], b: RecurringBlock[]): number =>
	a.length - b.length || periodCount(a) - periodCount(b);

/**
 * The ways to override daily limits: each difference by itself, then with more and more neighbours in one block, the
 * ones with the fewest periods between them first. What has no limit stays without one.
 */
function overrides(week: Week, spans: readonly Span[]): RecurringBlock[][] {
	const twice = repeated(week, WEEK, 2);
	const blockOf = memoize((span: Span) =>
		blocksOf(limitsDuring(twice, span), span.to).map((block) => ({
			...block,
			from: block.from % WEEK,
			recurrencyKind: 'Weekly' as const,
		})),
	);
	const ways = [spans.flatMap(blockOf)];
	for (let rest = [...spans]; rest.length > 1; ) {
		const merged = rest
			.map((span, index): Span[] => {
				const next = rest[(index + 1) % rest.length];
				const wraps = index === rest.length - 1;
				const both = { from: span.from, to: next.to + (wraps ? WEEK : 0) };
				const others = rest.filter((one) => one !== span && one !== next);
				return wraps ? [...others, both] : [...others, both].sort((a, b) => a.from - b.from);
			})
			.filter((way) => way.every(({ from, to }) => to - from <= WEEK))
			.map((way) => ({ way, blocks: way.flatMap(blockOf) }))
			// A gap would divide a block.
			.filter(({ way, blocks }) => blocks.length === way.length)
			.sort((a, b) => bySize(a.blocks, b.blocks))[0];
		if (merged === undefined) break;
		rest = merged.way;
		ways.push(merged.blocks);
	}
	return ways;
}

/**
 * The smallest way to write a tariff week as Daily and Weekly blocks: daily limits and blocks that override them on some
 * days, or Weekly blocks only. Later blocks need higher stack levels than earlier ones.
 * @param most the most periods that a block may have
 */
export function smallestLayout(week: Week, most: number): RecurringBlock[] {
	const ofWeek = circularBlocks(week, WEEK, true).map((block) => ({
		...block,
		recurrencyKind: 'Weekly' as const,
	}));
	const layouts = dailyPatterns(week).flatMap((daily) => {
		const base = circularBlocks(daily, DAY, true).map((block) => ({
			...block,
			recurrencyKind: 'Daily' as const,
		}));
		return overrides(week, differences(week, daily)).map((above) => [...base, ...above]);
	});
	return [ofWeek, ...layouts]
		.map((layout): RecurringBlock[] =>
			layout.flatMap((block) =>
				splitBlock(block, most).map((part) => ({
					...part,
					from: part.from % WEEK,
					recurrencyKind: block.recurrencyKind,
				})),
			),
		)
		.sort(bySize)[0];
}
