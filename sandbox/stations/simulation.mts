import type { ClockFollower } from '../clock.mts';
import { Evse, type EvseContext } from './evse.mts';
import { PowerControl } from './powerControl.mts';
import { PowerLog } from './powerLog.mts';
import type { ProfileStore } from './profileStore.mts';
import type { Timing } from './timing.mts';

export interface SimulationOptions extends Omit<EvseContext, 'now' | 'timing'> {
	/** When it begins, epoch ms. */
	now: number;
	profiles: ProfileStore;
	/** Whether the station has a connection to its CSMS. */
	isOnline: () => boolean;
}

/**
 * What happens at a station over time, its connection aside. Time passes from one change to the next: a limit changes, a
 * car takes less power or is full, a sample is due. In between every power is constant. Powers are whole watts, times
 * whole milliseconds and energies whole millijoules. So the outcome is exact, and the same at any speed of the clock.
 */
export class Simulation implements ClockFollower {
	readonly evses: readonly Evse[];
	readonly power: PowerControl;
	readonly timing: Timing = { sampleIntervalS: 60, evConnectionTimeoutS: 120 };
	readonly powerLog = new PowerLog();
	#now: number;
	/** When something changes by time alone, epoch ms. */
	#nextChange = Infinity;

	constructor({ now, profiles, isOnline, ...context }: SimulationOptions) {
		this.#now = now;
		this.evses = context.station.evses.map(
			(evse) =>
				new Evse(evse, {
					...context,
					now: () => this.#now,
					timing: this.timing,
					transactionEnded: (transactionId) => {
						context.transactionEnded(transactionId);
						this.power.limitsChanged();
					},
				}),
		);
		this.power = new PowerControl(context.station, profiles, this.evses, isOnline);
	}

	/** The station's time, epoch ms. */
	get now(): number {
		return this.#now;
	}

	/** Lets time pass until a moment (epoch ms), with all that changes meanwhile. */
	runTo(now: number): void {
		while (this.#nextChange <= now) {
			this.#pass(this.#nextChange);
			this.#settle();
		}
		this.#pass(now);
	}

	/** Sets the time (epoch ms): nothing flows meanwhile, but what is due at the new time happens. */
	jumpTo(now: number): void {
		this.#now = now;
		this.powerLog.restart();
		this.update();
	}

	/** Lets what has changed take effect: shares the power anew, and reports what changes. */
	update(): void {
		this.power.limitsChanged();
		this.#settle();
	}

	#settle(): void {
		do this.#sharePower();
		while (this.evses.some((evse) => evse.runTimer()));
		this.#nextChange = Math.min(
			this.power.nextChange(this.#now),
			...this.evses.map(({ nextChange }) => nextChange),
		);
		this.powerLog.add({
			at: this.#now,
			powerW: this.evses.reduce((sum, { flow }) => sum + flow.powerW, 0),
			limitW: this.power.stationLimitW(this.#now),
		});
	}

	#pass(now: number): void {
		if (now <= this.#now) return;
		for (const evse of this.evses) evse.pass(now - this.#now);
		this.#now = now;
	}

	#sharePower(): void {
		for (const evse of this.evses) evse.offerEnergy();
		const changes = this.power.allocate(this.#now).map(({ evse, flow, limitation }) => {
			return { evse, flow, limitation, increase: flow.powerW - evse.flow.powerW };
		});
		// What falls is reported before what rises, so that the reported powers never add up to more than the limit.
		changes.sort((a, b) => a.increase - b.increase);
		for (const { evse, flow, limitation } of changes) evse.setFlow(flow, limitation);
	}
}
