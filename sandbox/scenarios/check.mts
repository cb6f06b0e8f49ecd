import type { OpenApiServer } from '../http/openApiServer.mts';
import { problemOf, type Problem } from '../http/validation.mts';
import { callOf, seconds, type Scenario, type ScenarioStep } from './scenario.mts';

/** What is wrong with a scenario, and where. */
export interface ScenarioProblem {
	/** Such as steps, 3, body, soc. */
	path: string[];
	/** One sentence that names the place. */
	message: string;
}

export interface ScenarioChecks extends Pick<OpenApiServer, 'parametersOf' | 'problemsIn'> {
	/** What is wrong with a valid request, such as a station that does not exist; undefined if nothing is. */
	refusalOf: (step: ScenarioStep) => string | undefined;
}

/** Whether a value has the form of a scenario. */
export function problemsOfForm(scenario: unknown, { problemsIn }: ScenarioChecks) {
	const problems = problemsIn({ operationId: 'startScenario', body: { scenario } });
	return problems.map((problem) => located(problem, '/requestBody/scenario', ''));
}

/** Whether the control API takes each step, with what was drawn, before the scenario ends. */
export function problemsOfSteps(
	{ end }: Scenario,
	steps: ScenarioStep[],
	checks: ScenarioChecks,
): ScenarioProblem[] {
	return steps.flatMap((step, index) => {
		const place = ['steps', String(index)];
		const sentence = sentenceAbout(step, end, checks);
		if (sentence) return [{ path: place, message: `${place.join('.')}: ${sentence}` }];
		return checks
			.problemsIn(callOf(step))
			.map((problem) => located(problem, '/requestBody', `/${place.join('/')}/body`));
	});
}

/** What is wrong with a step, its body aside; undefined if nothing is. */
function sentenceAbout(
	step: ScenarioStep,
	end: string,
	{ parametersOf, problemsIn, refusalOf }: ScenarioChecks,
): string | undefined {
	if (seconds(step.at) > seconds(end)) return `at must not be after the end, ${end}`;
	const needed = parametersOf(step.operation);
	for (const name of ['stationId', 'evseId'] as const) {
		if (needed.includes(name) === (step[name] !== undefined)) continue;
		return needed.includes(name)
			? `${step.operation} needs ${name}`
			: `${step.operation} has no ${name}`;
	}
	return problemsIn(callOf(step)).length === 0 ? refusalOf(step) : undefined;
}

/** The problem with the start of its place replaced. */
function located(problem: Problem, from: string, to: string): ScenarioProblem {
	const instancePath = problem.instancePath.replace(from, to);
	const { additionalProperty } = problem.params as { additionalProperty?: string };
	const path = [...instancePath.split('/').slice(1), additionalProperty ?? []].flat();
	return { path, message: problemOf({ ...problem, instancePath }) };
}
