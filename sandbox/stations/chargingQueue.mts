import { share } from './sharing.mts';

/** How long a car charges while another one waits. */
const TURN_MS = 15 * 60 * 1000;

/**
 * Shares a station's limit among its EVSEs. Where it is not enough for all to get the least amount that a car can charge
 * with, those charge who come first in the queue, and the others wait; after a turn, those who have charged go to its end.
 */
export class ChargingQueue {
	/** The positions of the EVSEs that ask, the next one first. */
	#order: number[] = [];
	/** Those of them who charge. */
	#charging: number[] = [];
	#turnEndsAt = Infinity;

	constructor(
		/** The least amount that a car charges with, unless it asks for less. */
		private readonly least: number,
	) {}

	/** When someone else's turn comes, epoch ms; Infinity if nobody waits for a turn. */
	get turnEndsAt(): number {
		return this.#turnEndsAt;
	}

	/**
	 * The shares at a time (epoch ms), in the order of the demands. Who begins to ask goes to the end of the queue.
	 * @param demands what each EVSE asks for; 0 if it does not ask
	 */
	share(total: number, demands: readonly number[], at: number): number[] {
		const asking = [...demands.keys()].filter((index) => demands[index] > 0);
		const isNewcomer = (index: number) => !this.#order.includes(index);
		this.#order = [
			...this.#order.filter((index) => asking.includes(index)),
			...asking.filter(isNewcomer),
		];
		if (at >= this.#turnEndsAt) {
			const hasCharged = (index: number) => this.#charging.includes(index);
			this.#order.sort((a, b) => Number(hasCharged(a)) - Number(hasCharged(b)));
			this.#turnEndsAt = Infinity;
		}

		this.#charging = [];
		let shares = demands.map(() => 0);
		for (const next of this.#order) {
			const charging = [...this.#charging, next];
			const tried = share(
				total,
				demands.map((demand, index) => (charging.includes(index) ? demand : 0)),
			);
			const isEnough = (index: number) => tried[index] >= Math.min(demands[index], this.least);
			if (!charging.every(isEnough)) continue;
			this.#charging = charging;
			shares = tried;
		}
		const someWait = this.#charging.length > 0 && this.#charging.length < this.#order.length;
		this.#turnEndsAt = someWait ? Math.min(this.#turnEndsAt, at + TURN_MS) : Infinity;
		return shares;
	}
}
