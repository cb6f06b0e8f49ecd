import type { ScenarioChoice, Scenarios } from '../scenarios/scenarios.mts';

/** How the control API plays scenarios. */
export function scenarioHandlers(scenarios: Scenarios) {
	return {
		listScenarios: async () => ({ scenarios: await scenarios.list() }),
		getScenario: () => ({ scenario: scenarios.state() }),
		startScenario: async ({ body }: { body: ScenarioChoice }) => {
			await scenarios.start(body);
			return { scenario: scenarios.state() };
		},
		stopScenario: () => {
			scenarios.stop();
			return { scenario: scenarios.state() };
		},
	};
}
