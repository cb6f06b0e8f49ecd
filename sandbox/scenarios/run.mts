import type { SimulatedClock } from '../clock.mts';
import type { OpenApiServer } from '../http/openApiServer.mts';
import { callOf, moment, seconds, type ScenarioStep } from './scenario.mts';

/** A step and what has come of it. */
export interface StepOutcome extends ScenarioStep {
	done: boolean;
	/** Why the control API refused it. */
	problem?: string;
}

/**
 * The run of a scenario. Each step happens exactly at its moment of simulated time, at any speed: the clock stands still
 * while it is carried out. A step that is refused, such as an unplug after someone has pulled the cable, does not end the run.
 */
export class ScenarioRun {
	state: 'running' | 'ended' | 'stopped' = 'running';
	/** In the order in which they happen. */
	readonly steps: readonly StepOutcome[];
	readonly #clock: SimulatedClock;
	readonly #carryOut: OpenApiServer['carryOut'];
	readonly #endS: number;
	#passedS = 0;

	constructor(options: {
		steps: readonly ScenarioStep[];
		/** hh:mm:ss after the start. */
		end: string;
		clock: SimulatedClock;
		carryOut: OpenApiServer['carryOut'];
	}) {
		this.steps = options.steps
			.map((step) => ({ ...step, done: false }))
			.sort((a, b) => seconds(a.at) - seconds(b.at));
		this.#endS = seconds(options.end);
		this.#clock = options.clock;
		this.#carryOut = options.carryOut;
	}

	/** Carries out the steps, and resolves at the end; from then on the clock runs in real time. */
	async play(): Promise<void> {
		for (const step of this.steps) {
			await this.#passTo(seconds(step.at));
			if (this.state !== 'running') return;
			await this.#do(step);
		}
		await this.#passTo(this.#endS);
		if (this.state !== 'running') return;
		this.state = 'ended';
		this.#clock.set({ speed: 1 });
		this.#clock.goOn();
	}

	/** Leaves everything as it is, without the steps to come. */
	stop(): void {
		if (this.state !== 'running') return;
		this.state = 'stopped';
		this.#clock.goOn();
	}

	/** How much simulated time has passed at the last step, hh:mm:ss. */
	get passed(): string {
		return moment(this.#passedS);
	}

	async #passTo(momentS: number): Promise<void> {
		if (this.state !== 'running') return;
		await this.#clock.passThenStop((momentS - this.#passedS) * 1000);
		this.#passedS = momentS;
	}

	async #do(step: StepOutcome): Promise<void> {
		try {
			await this.#carryOut(callOf(step));
		} catch (error) {
			step.problem = error instanceof Error ? error.message : String(error);
		}
		step.done = true;
	}
}
