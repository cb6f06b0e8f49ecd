import type { Clock } from './pace';

/** How often the waiting requests are checked. */
const EVERY_MS = 250;

/** The result of work that took too long. */
export const TOO_LONG = Symbol('too long');

/**
 * Gives up on requests that take too long. The time-out of n8n's request helper measures silence only: a server that
 * sends a byte now and then never reaches it.
 */
export class Watch {
	private readonly waiting = new Set<{ untilMs: number; giveUp: () => void }>();
	private isLooking = false;

	constructor(private readonly clock: Clock) {}

	/** Waits for work, at most `ms`. @returns TOO_LONG if the work is not done by then @throws what the work throws */
	within<T>(ms: number, work: Promise<T>): Promise<T | typeof TOO_LONG> {
		return new Promise((resolve, reject) => {
			const entry = { untilMs: this.clock.nowMs() + ms, giveUp: () => resolve(TOO_LONG) };
			this.waiting.add(entry);
			work.then(resolve, reject).finally(() => this.waiting.delete(entry));
			if (!this.isLooking) void this.look();
		});
	}

	private async look(): Promise<void> {
		this.isLooking = true;
		while (this.waiting.size > 0) {
			await this.clock.sleep(EVERY_MS);
			const nowMs = this.clock.nowMs();
			for (const entry of this.waiting) {
				if (nowMs <= entry.untilMs) continue;
				this.waiting.delete(entry);
				entry.giveUp();
			}
		}
		this.isLooking = false;
	}
}
