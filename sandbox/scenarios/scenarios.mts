import { DateTime } from 'luxon';
import type { SimulatedClock } from '../clock.mts';
import { HttpError } from '../http/httpError.mts';
import type { OpenApiServer } from '../http/openApiServer.mts';
import { Random } from '../random.mts';
import {
	problemsOfForm,
	problemsOfSteps,
	type ScenarioChecks,
	type ScenarioProblem,
} from './check.mts';
import { readScenario, readScenarioFile, scenarioNames, type ScenarioFile } from './files.mts';
import { ScenarioRun } from './run.mts';
import { BOUNDS, drawSteps, type Scenario } from './scenario.mts';

/** What to start; the body of the control API’s operation startScenario. */
export interface ScenarioChoice {
	/** One of those that come with the sandbox. */
	name?: string;
	scenario?: unknown;
	/** Instead of the scenario’s own. */
	seed?: number;
	/** Instead of the scenario’s own. */
	speed?: number;
}

export interface ScenariosOptions {
	clock: SimulatedClock;
	/** Where the stations are. */
	timeZone: string;
	/** Starts everything again without cars, and then does something before anyone else can. */
	reset: (seed: number, then: () => void) => Promise<void>;
	/** The control API; its handlers use the scenarios in turn. */
	control: () => ScenarioChecks & Pick<OpenApiServer, 'carryOut'>;
}

/** The scenarios, of which one runs at a time. */
export class Scenarios {
	readonly #options: ScenariosOptions;
	#current?: { name?: string; title: string; seed: number; startedAt: string; run: ScenarioRun };

	constructor(options: ScenariosOptions) {
		this.#options = options;
	}

	/** Those that come with the sandbox. */
	async list() {
		const names = await scenarioNames();
		return Promise.all(
			names.map(async (name) => {
				const { title, description, seed } = this.#parse(await readScenario(name));
				return { name, title, description, seed };
			}),
		);
	}

	/** The one that was started last since the last reset, or null. */
	state() {
		if (!this.#current) return null;
		const { run, ...about } = this.#current;
		return { ...about, state: run.state, passed: run.passed, steps: run.steps };
	}

	/**
	 * Starts everything again, then a scenario.
	 * @throws HttpError 400 if it cannot run, before anything happens; 404 if there is none of that name
	 */
	async start(choice: ScenarioChoice): Promise<void> {
		if ((choice.name === undefined) === (choice.scenario === undefined)) {
			throw new HttpError(400, 'Either name or scenario is required');
		}
		await this.#start(
			choice.name === undefined
				? { content: choice.scenario, placeOf: () => 'body.scenario' }
				: await readScenario(choice.name),
			choice,
		);
	}

	/** As `start`, with a name or the path of a YAML file. */
	async open(nameOrPath: string, seed?: number): Promise<void> {
		const isPath = /\.ya?ml$/.test(nameOrPath);
		await this.#start(await (isPath ? readScenarioFile : readScenario)(nameOrPath), { seed });
	}

	async #start(
		file: Pick<ScenarioFile, 'content' | 'placeOf'> & { name?: string },
		choice: Pick<ScenarioChoice, 'seed' | 'speed'>,
	): Promise<void> {
		const { clock, control, reset } = this.#options;
		const scenario = this.#parse(file);
		const seed = choice.seed ?? scenario.seed ?? 1;
		const steps = drawSteps(scenario, new Random(seed));
		await reset(seed, () => {
			const { carryOut } = control();
			const run = new ScenarioRun({ steps, end: scenario.end, clock, carryOut });
			// Time passes only once the run has said where it stops first.
			clock.set({ now: this.#startOf(scenario), speed: 0 });
			const { title } = scenario;
			this.#current = { name: file.name, title, seed, startedAt: clock.timestamp(), run };
			void run.play();
			clock.set({ speed: choice.speed ?? scenario.start?.speed ?? 1 });
		});
	}

	/** Ends the run; everything stays as it is. */
	stop(): void {
		this.#current?.run.stop();
	}

	/** Ends the run and forgets it. */
	clear(): void {
		this.stop();
		this.#current = undefined;
	}

	#parse(file: Pick<ScenarioFile, 'content' | 'placeOf'>): Scenario {
		const checks = this.#options.control();
		refuse(problemsOfForm(file.content, checks), file);
		const scenario = file.content as Scenario;
		for (const bounds of BOUNDS) {
			refuse(problemsOfSteps(scenario, drawSteps(scenario, bounds), checks), file);
		}
		return scenario;
	}

	/** Today at the scenario’s time of day, epoch ms. */
	#startOf({ start }: Scenario): number | undefined {
		if (start?.time === undefined) return undefined;
		const [hour, minute, second] = start.time.split(':').map(Number);
		const today = DateTime.now().setZone(this.#options.timeZone);
		return today.set({ hour, minute, second, millisecond: 0 }).toMillis();
	}
}

function refuse(problems: ScenarioProblem[], { placeOf }: Pick<ScenarioFile, 'placeOf'>): void {
	if (problems.length === 0) return;
	const sentences = problems.map(({ path, message }) => `${placeOf(path)}: ${message}`);
	throw new HttpError(400, sentences.join('; '));
}
