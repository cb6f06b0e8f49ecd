import type { Wanted } from '../events';

/** What one poll watches for. */
export interface Watching {
	wanted: Wanted;
	/** By n8n's clock (ms). */
	nowMs: number;
	/** When watching began (ms). */
	beganMs: number;
	/** True for the first poll. */
	isFirst: boolean;
	/** Leaves out the states that are there when watching begins. */
	leaveOutOngoing: boolean;
}
