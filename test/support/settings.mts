import type { WorkflowFile } from '../../host/n8nClient.mts';

interface Assignment {
	name: string;
	value: unknown;
}

/** Fills in fields of an example's *Settings* node, as a user would. */
export function setSettings({ nodes }: WorkflowFile, values: Record<string, unknown>): void {
	const { parameters } = nodes.find(({ name }) => name === 'Settings')!;
	const { assignments } = parameters.assignments as unknown as { assignments: Assignment[] };
	for (const [wanted, value] of Object.entries(values)) {
		const setting = assignments.find(({ name }) => name === wanted);
		if (setting === undefined) throw new Error(`Settings has no field ${wanted}.`);
		setting.value = value;
	}
}
