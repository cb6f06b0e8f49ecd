import { beginOf, endingOf, endOf, EVENTS, isReportable, type EventName } from '../events';
import type { Memory } from './memory';
import { remember } from './remember';
import { mayReport, plus, takeUnreported } from './reporting';
import type { Reading } from './view';
import type { Watching } from './watching';

/** An event of one status. */
export interface Report {
	event: EventName;
	/** How many such events of this status there have been, with this one. */
	number: number;
	/** Null if it was not known. */
	previous: string | null;
	/** When the state began that is reported, or whose end is (ms). */
	sinceMs: number;
	/** When the event happened (ms). */
	atMs: number;
	/** How often such a state came and went without being reported since the last such event. */
	unreported: number;
}

/**
 * Finds the events of a status since it was last looked at.
 * @param known what is remembered of it; undefined if it was never known
 * @returns what is to be remembered, and the events in the order in which they happened
 */
export function observe(
	known: Memory | undefined,
	{ status, ...reading }: Reading,
	watching: Watching,
): { memory: Memory | undefined; reports: Report[] } {
	if (status === undefined) return { memory: known, reports: [] };
	const { wanted, nowMs, beganMs } = watching;
	const { memory, sinceMs } = remember(known, { ...reading, status }, watching);
	const reports: Report[] = [];
	const report = (
		event: EventName,
		of: readonly EventName[],
		others: Omit<Report, 'event' | 'number' | 'unreported'>,
	) => {
		if (!wanted.events.includes(event)) return;
		memory.numbers = plus(memory.numbers, event);
		const number = memory.numbers[event] ?? 1;
		reports.push({ event, number, unreported: takeUnreported(memory, of), ...others });
	};
	const hasLasted = (fromMs: number) => nowMs - fromMs >= wanted.atLeastMs;

	const { owedSince, previous = null } = memory;
	const end = endOf(reading.aspect, status);
	if (end && owedSince !== undefined) {
		report(end, EVENTS[end].ends ?? [], { previous, sinceMs: owedSince, atMs: nowMs });
		memory.owedSince = undefined;
	}
	const begin = beginOf(reading.aspect, status);
	const isDue = begin && !memory.isTold && isReportable(begin, wanted) && hasLasted(sinceMs);
	if (isDue && mayReport(memory, begin, nowMs)) {
		memory.isTold = true;
		if (endingOf(begin)) memory.owedSince ??= sinceMs;
		report(begin, [begin], { previous, sinceMs, atMs: sinceMs });
	}
	const isChangeWanted = wanted.events.includes('statusChanged');
	const { reported, since: changedMs = beganMs } = memory;
	if (!isChangeWanted) memory.reported = undefined;
	else if (reported && hasLasted(changedMs) && mayReport(memory, 'statusChanged', nowMs)) {
		const change = { previous: reported, sinceMs: changedMs, atMs: changedMs };
		report('statusChanged', ['statusChanged'], change);
		memory.reported = undefined;
	}
	return { memory, reports };
}
