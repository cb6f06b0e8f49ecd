import type { IDataObject } from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../../host/credentials.mts';
import { outputOf, type WorkflowFile } from '../../host/n8nClient.mts';
import { PACKAGE_NAME } from '../../host/package.mts';
import { until } from '../../host/support/until.mts';
import { expectThat, type Scene } from './scene.mts';

const SESSIONS = [
	['DEPOT-DC-1', 1],
	['OFFICE-AC-3', 1],
	['OFFICE-AC-1', 1],
] as const;

/** A workflow that polls every 5 s. */
const pollingWorkflow = (type: string, parameters: IDataObject): WorkflowFile => ({
	name: type,
	nodes: [
		{
			id: 'trigger',
			name: 'Trigger',
			type: `${PACKAGE_NAME}.${type}`,
			typeVersion: 1,
			position: [0, 0],
			credentials: { [CREDENTIAL_TYPE]: { id: '', name: '' } },
			parameters: {
				pollTimes: {
					item: Array.from({ length: 12 }, (_, index) => ({
						mode: 'custom',
						cronExpression: `${index * 5} * * * * *`,
					})),
				},
				...parameters,
			} as never,
		},
	],
	connections: {},
	settings: { executionOrder: 'v1' },
});

/** Activates a trigger, lets something happen, and checks that each event starts the workflow once. */
async function eachOnce(
	{ client, credential }: Scene,
	file: WorkflowFile,
	expected: number,
	happen: () => Promise<void>,
): Promise<void> {
	const workflow = await client.importWorkflow(file, credential);
	await client.activate(workflow);
	const events = async () => {
		const runs = await client.executions(workflow.id);
		const executions = await Promise.all(runs.map(({ id }) => client.execution(id)));
		return executions.flatMap((execution) =>
			outputOf(execution, 'Trigger').map(({ eventId }) => eventId as string),
		);
	};
	try {
		await happen();
		await until(`${expected} events of the ${file.name}`, 120, async () =>
			(await events()).length >= expected ? true : undefined,
		);
		const found = await events();
		const once = new Set(found).size;
		const words = `${file.name}: ${found.length} events, ${once} different, of ${expected}`;
		expectThat(found.length === expected && once === expected, words);
	} finally {
		await client.deactivate(workflow.id);
	}
}

/** Both triggers: sessions of three cars, and an outage of three stations. */
export async function checkTriggers(scene: Scene): Promise<void> {
	const { site } = scene;
	const transactions = pollingWorkflow('transactionTrigger', {
		events: ['transactionStarted', 'transactionEnded'],
		options: { includeSimulated: true },
	});
	await eachOnce(scene, transactions, 2 * SESSIONS.length, async () => {
		for (const [stationId, evseId] of SESSIONS) {
			await site.plugIn(stationId, evseId);
			await site.waitForPower(stationId, evseId, (powerKw) => powerKw > 1);
			await site.unplug(stationId, evseId);
		}
	});
	const outages = pollingWorkflow('stationTrigger', {
		events: ['stationOffline'],
		atLeastMinutes: 0,
	});
	await eachOnce(scene, outages, SESSIONS.length, async () => {
		for (const [stationId] of SESSIONS) await site.setOnline(stationId, false);
	});
}
