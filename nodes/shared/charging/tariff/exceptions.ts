import { DAY, type ClockChange } from '../base/clocks';
import { modulo, rangesIn } from '../base/numbers';
import { combine, type Span } from '../base/timeline';
import { blocksOf, splitBlock, type Block } from './blocks';
import type { Calendar } from './calendar';
import { limitsDuring } from './localLimits';
import type { PlannedProfile } from './planned';
import type { Stretch } from './stretches';
import { weekNumber } from './windows';

/** A stretch of time (epoch seconds) with other limits than the week that recurs. */
interface Difference extends Span {
	/** Whether the week that recurs has a limit where there should be none. */
	isFree: boolean;
}

/** Where the limits of a tariff differ from the weeks that recur, in order of time: on holidays, as a rule. */
function differences(
	calendar: Calendar,
	changes: readonly ClockChange[],
	stretches: readonly Stretch[],
	days: readonly number[],
): Difference[] {
	const { momentOf, weeks } = calendar;
	const spans = rangesIn(days).map(([first, last]) => ({
		from: momentOf(first * DAY),
		to: momentOf((last + 1) * DAY),
	}));
	return spans
		.flatMap((span) =>
			stretches.flatMap(({ from = -Infinity, to = Infinity, week }) => {
				const part = { from: Math.max(from, span.from), to: Math.min(to, span.to), week };
				return part.from < part.to ? [part] : [];
			}),
		)
		.flatMap(({ week, ...span }) => {
			const both = [weeks, () => week].map((one) => limitsDuring(one, calendar, span, changes));
			const compared = combine(both, ([limit, recurring]) => ({ limit, recurring }));
			return compared.flatMap(({ from, value: { limit, recurring } }, index) =>
				limit === recurring
					? []
					: [{ from, to: compared[index + 1]?.from ?? span.to, isFree: limit === undefined }],
			);
		});
}

/** An Absolute profile for what differs from the week that recurs. */
export interface Exception extends PlannedProfile {
	validFrom: number;
	validTo: number;
}

/** How the IDs of a week’s second and further profiles differ from the first’s. */
const NEXT_LANE = 17;

/**
 * Plans what differs from the weeks that recur as Absolute profiles on one level above the Recurring ones. There is one
 * for the differences of a local week, if it can hold them without a gap. Its ID comes from the week: so it is the same
 * whenever it is planned.
 * @param most the most periods that a profile may have
 * @param ids how far the IDs are above the lowest one, and how many there are
 * @returns undefined if there is no limit where a Recurring profile has one: no profile above it can say so
 */
export function planExceptions(
	calendar: Calendar,
	changes: readonly ClockChange[],
	stretches: readonly Stretch[],
	{ span, most, level, ids }: { span: Span; most: number; level: number; ids: Span },
): Exception[] | undefined {
	const days = calendar.unsteadyDays(span.from, span.to);
	const differing = differences(calendar, changes, stretches, days);
	if (differing.some(({ isFree }) => isFree)) return undefined;
	const weekAt = (at: number) => weekNumber(at, calendar.offsets.at(at));
	const blocksDuring = ({ from, to }: Span): Block[] =>
		blocksOf(limitsDuring(calendar.weeks, calendar, { from, to }, changes), to);
	const blocks: Block[] = [];
	for (const difference of differing) {
		const before = blocks.at(-1);
		const together =
			before && weekAt(before.from) === weekAt(difference.from)
				? blocksDuring({ from: before.from, to: difference.to })
				: [];
		if (together.length === 1 && together[0].periods.length <= most) {
			blocks[blocks.length - 1] = together[0];
		} else {
			blocks.push(...blocksDuring(difference).flatMap((block) => splitBlock(block, most)));
		}
	}
	const used = new Map<number, number>();
	return blocks.map(({ from, duration, periods }) => {
		const week = weekAt(from);
		const lane = used.get(week) ?? 0;
		used.set(week, lane + 1);
		const number = week + NEXT_LANE * lane;
		return {
			id: ids.from + modulo(number, ids.to - ids.from),
			level,
			validFrom: from,
			validTo: from + duration,
			start: from,
			duration,
			periods,
		};
	});
}
