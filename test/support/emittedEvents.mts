import { outputOf, type Execution, type N8nClient } from '../../host/n8nClient.mts';

/** The trigger in each workflow. */
export const TRIGGER = 'Trigger';

/** An event that a trigger emitted. */
export interface Emitted {
	workflowId: string;
	eventId: string;
	event: string;
	/** Of a transaction. */
	txId?: string;
	stationId: string;
}

/**
 * The events with which a workflow was started. n8n does not continue a killed
 * execution: it is listed as crashed, with its events in the stack of nodes to run.
 */
function emittedIn(execution: Execution): Emitted[] {
	const waiting = execution.data.executionData?.nodeExecutionStack.find(
		({ node }) => node.name === TRIGGER,
	);
	const items = waiting
		? (waiting.data.main[0] ?? []).map(({ json }) => json)
		: outputOf(execution, TRIGGER);
	const { workflowId } = execution;
	return items.map((item) => ({ ...(item as unknown as Emitted), workflowId }));
}

/** Tells apart the events of one name at one place: "S stationOffline", "S stationOffline 2". */
export function numbered(names: readonly string[]): string[] {
	const counts = new Map<string, number>();
	return names.map((name) => {
		const count = (counts.get(name) ?? 0) + 1;
		counts.set(name, count);
		return count === 1 ? name : `${name} ${count}`;
	});
}

/** What was emitted, each event once: "<transaction> chargingStarted", "<station> stationOffline 2". */
export function namesOf(emitted: readonly Emitted[]): string[] {
	const once = [...new Map(emitted.map((event) => [event.eventId, event])).values()];
	return numbered(once.map(({ txId, stationId, event }) => `${txId ?? stationId} ${event}`));
}

/** Everything that these workflows emitted, in order. */
export async function readEmitted(client: N8nClient, workflowIds: string[]): Promise<Emitted[]> {
	const emitted: Emitted[] = [];
	for (const workflowId of workflowIds) {
		const executions: Execution[] = [];
		for await (const execution of client.allExecutions(workflowId)) executions.unshift(execution);
		emitted.push(...executions.flatMap(emittedIn));
	}
	return emitted;
}
