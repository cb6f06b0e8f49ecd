import { beginOf, isReportable } from '../events';
import { newMemory, type Memory } from './memory';
import { carOf, withoutChargingSince } from './occupied';
import { plus } from './reporting';
import type { KnownReading } from './view';
import type { Watching } from './watching';

/** Remembers that another status, or another car, has followed, and counts what was not reported. */
function replace(memory: Memory, { aspect, status }: KnownReading, watching: Watching): void {
	const begin = beginOf(aspect, memory.status);
	if (begin && !memory.isTold && isReportable(begin, watching.wanted)) {
		memory.unreported = plus(memory.unreported, begin);
	}
	if (status !== memory.status) {
		if (memory.reported !== undefined) {
			memory.unreported = plus(memory.unreported, 'statusChanged');
		}
		const reported = memory.reported ?? memory.status;
		memory.reported = reported === status ? undefined : reported;
		memory.previous = memory.status;
		memory.status = status;
	}
	memory.since = watching.nowMs;
	memory.isTold = false;
}

/**
 * Compares a status with what is remembered of it.
 * @param known undefined if the status was never known
 * @returns what is to be remembered, and since when the present state lasts (ms)
 */
export function remember(
	known: Memory | undefined,
	reading: KnownReading,
	watching: Watching,
): { memory: Memory; sinceMs: number } {
	const { aspect, status, latest } = reading;
	const { nowMs, beganMs, isFirst, leaveOutOngoing } = watching;
	const isOccupied = aspect === 'connectorStatus' && status === 'Occupied';
	const car = isOccupied ? carOf(latest) : undefined;
	const isOtherCar = car !== undefined && known?.car !== undefined && car !== known.car;

	const memory = known ? { ...known } : newMemory(status, isFirst ? undefined : nowMs);
	const isNew = known !== undefined && (status !== known.status || isOtherCar);
	if (isNew) replace(memory, reading, watching);
	if (!known && isFirst && leaveOutOngoing) memory.isTold = beginOf(aspect, status) !== undefined;
	memory.car = isOccupied ? (car ?? memory.car) : undefined;
	// After n8n's clock was set back, a state may have begun in the future.
	if ((memory.since ?? beganMs) > nowMs) memory.since = nowMs;

	const wasFree = isNew && !isOtherCar && known.status !== 'Charging';
	const byApi = isOccupied ? withoutChargingSince(latest, wasFree, nowMs) : undefined;
	if (byApi !== undefined && (isNew || !known)) {
		// What is known of the status before is not in doubt.
		const earliest = known && !isOtherCar ? (known.since ?? beganMs) : -Infinity;
		memory.since = Math.max(byApi, earliest);
	}
	return { memory, sinceMs: Math.max(memory.since ?? beganMs, byApi ?? -Infinity) };
}
