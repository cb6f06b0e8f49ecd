import {
	beginOf,
	isReportable,
	endingOf,
	endOf,
	EVENTS,
	type Aspect,
	type EventName,
	type Wanted,
} from '../../../nodes/StationTrigger/events.ts';

/** A status as one poll saw it. */
export interface Seen {
	atMs: number;
	status: string;
	/** The ID of a connector's latest transaction. */
	car?: string;
}

/** What the trigger should report of one status. */
export interface Expected {
	event: EventName;
	previous: string | null;
	sinceMs: number;
	atMs: number;
	unreported: number;
}

/** A stretch of looks with the same status, and the same car. */
interface Stretch {
	status: string;
	fromMs: number;
	car?: string;
	looks: number[];
}

/** @param beganMs when watching began, if the first look was then */
function stretchesOf(seen: readonly Seen[]): Stretch[] {
	const stretches: Stretch[] = [];
	for (const { atMs, status, car } of seen) {
		const last = stretches.at(-1);
		const hasOtherCar =
			status === 'Occupied' && car !== undefined && last?.car !== undefined && car !== last.car;
		if (last?.status === status && !hasOtherCar) {
			last.looks.push(atMs);
			last.car ??= car;
		} else stretches.push({ status, fromMs: atMs, car, looks: [atMs] });
	}
	return stretches;
}

/**
 * The events of one status, from all looks at it: written from the documentation, without what the trigger remembers
 * between polls.
 * @param isLeftOut whether the first stretch was there when watching began, and is left out
 */
export function expectedOf(
	seen: readonly Seen[],
	aspect: Aspect,
	{ events, atLeastMs }: Wanted,
	isLeftOut: boolean,
): Expected[] {
	const stretches = stretchesOf(seen);
	const expected: Expected[] = [];
	const untold = new Map<EventName, number>();
	const count = (event: EventName) => untold.set(event, (untold.get(event) ?? 0) + 1);
	const take = (of: readonly EventName[]) => {
		const sum = of.reduce((total, event) => total + (untold.get(event) ?? 0), 0);
		for (const event of of) untold.delete(event);
		return sum;
	};
	let hour: { fromMs: number; reports: EventName[] } | undefined;
	const isAllowed = (event: EventName, atMs: number) => {
		if (!hour || atMs - hour.fromMs >= 3_600_000) hour = { fromMs: atMs, reports: [] };
		const most = event === 'statusChanged' ? 30 : 6;
		if (hour.reports.filter((one) => one === event).length >= most) return false;
		hour.reports.push(event);
		return true;
	};
	/** When the states began whose end is still to come. */
	let owedMs: number | undefined;
	let reported = stretches[0]?.status;
	/** The last status that was another one. */
	let previous: string | null = null;

	stretches.forEach(({ status, fromMs, looks }, index) => {
		const before = stretches[index - 1];
		if (before && before.status !== status) previous = before.status;
		const begin = beginOf(aspect, status);
		const end = endOf(aspect, status);
		if (end && owedMs !== undefined) {
			const of = [...(EVENTS[end].ends ?? [])];
			if (events.includes(end)) {
				expected.push({
					event: end,
					previous,
					sinceMs: owedMs,
					atMs: fromMs,
					unreported: take(of),
				});
			}
			owedMs = undefined;
		}
		let isTold = index === 0 && isLeftOut;
		for (const atMs of looks) {
			if (
				begin &&
				isReportable(begin, { events, atLeastMs }) &&
				!isTold &&
				atMs - fromMs >= atLeastMs
			) {
				isTold = isAllowed(begin, atMs);
				if (isTold && endingOf(begin)) owedMs ??= fromMs;
				if (isTold && events.includes(begin)) {
					expected.push({
						event: begin,
						previous,
						sinceMs: fromMs,
						atMs: fromMs,
						unreported: take([begin]),
					});
				}
			}
			const isChange = events.includes('statusChanged') && status !== reported;
			if (isChange && atMs - fromMs >= atLeastMs && isAllowed('statusChanged', atMs)) {
				expected.push({
					event: 'statusChanged',
					previous: reported,
					sinceMs: fromMs,
					atMs: fromMs,
					unreported: take(['statusChanged']),
				});
				reported = status;
			}
		}
		const isOver = index < stretches.length - 1;
		if (isOver && begin && !isTold && isReportable(begin, { events, atLeastMs })) count(begin);
		const isStatusOver = isOver && stretches[index + 1].status !== status;
		if (isStatusOver && events.includes('statusChanged') && status !== reported) {
			count('statusChanged');
		}
	});
	return expected;
}
