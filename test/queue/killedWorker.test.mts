import { join } from 'node:path';

import { outputOf } from '../../host/n8nClient.mts';
import { WORKERS } from '../../host/queue/queueMode.mts';
import { until } from '../../host/support/until.mts';
import { useSite } from '../support/site.mts';
import {
	COMMAND,
	commandText,
	limitCommands,
	limitsReceived,
	SET_POWER_LIMIT,
	START,
	webhookWorkflow,
} from './support/commands.mts';
import { callWebhook, untilEnded } from './support/executions.mts';
import { useQueue } from './support/queue.mts';

/** As many as both workers carry out at the same time. */
const STARTS = 10;
const LIMITS = 200;
/** How long ChargEye takes to answer a command that has its effect at once (ms). */
const SLOW_ANSWER = 10_000;
const SECONDS = 240;

const queue = useQueue();
const site = useSite(['--stations', '40']);

async function activate(path: string, action: typeof START): Promise<string> {
	const file = webhookWorkflow(path, action);
	const workflow = await queue.client.importWorkflow(file, await queue.credentialFor(site));
	await queue.client.activate(workflow);
	return workflow.id;
}

const countOf = async (operationId: string) =>
	(await site.requests()).filter((request) => request.operationId === operationId).length;

interface StationList {
	stations: Array<{ stationId: string; connectors: Array<{ connectorId: string }> }>;
}

/** Payments, each for the first connector of a station of its own. */
async function payments(prefix: string) {
	const { data } = await site.restClient.get<StationList>('/stations');
	return data.stations.slice(0, STARTS).map(({ stationId, connectors }, index) => ({
		stationId,
		connectorId: connectors[0].connectorId,
		payment: `${prefix}-${index}`,
	}));
}

/** Starts a transaction for each payment, and kills a worker when each has begun and no answer has come. */
async function startAndKill(path: string, bodies: object[]): Promise<void> {
	const fault = { operationId: 'startTransaction', delayMs: SLOW_ANSWER, times: STARTS };
	await site.fault({ ...fault, when: 'after' });
	await callWebhook(queue, path, bodies);
	await until('all starts', 60, async () =>
		(await site.messages(undefined, 'RequestStartTransaction')).length >= STARTS ? true : undefined,
	);
	await queue.kill('worker1');
}

const startsReceived = async () =>
	(await site.messages(undefined, 'RequestStartTransaction'))
		.map(({ stationId }) => stationId)
		.sort();

const outputsOf = async (workflowId: string) => {
	const newest = await queue.client.executions(workflowId);
	return await Promise.all(
		newest
			.slice(0, STARTS)
			.map(async ({ id }) => outputOf(await queue.client.execution(id), COMMAND)[0]),
	);
};

describe('a worker is killed while it starts transactions', () => {
	it('its executions are listed as failed, and the same webhooks again start nothing twice', async () => {
		const path = 'starts-of-a-killed-worker';
		const workflowId = await activate(path, START);
		const bodies = await payments('killed');
		await startAndKill(path, bodies);

		const ended = await untilEnded(queue, workflowId, SECONDS);
		console.log(`${STARTS} starts, a worker killed: ${JSON.stringify(ended)}`);
		const { success = 0, ...failed } = ended;
		const named = Object.values(failed).reduce((sum, count) => sum + count, 0);
		expect(success + named).toBe(STARTS);
		expect(named).toBeGreaterThan(0);

		await site.clearFaults();
		await callWebhook(queue, path, bodies);
		expect((await untilEnded(queue, workflowId, SECONDS)).success).toBe(success + STARTS);
		const outputs = await outputsOf(workflowId);
		expect(outputs.map(({ alreadyStarted }) => alreadyStarted)).toEqual(bodies.map(() => true));
		expect(await startsReceived()).toEqual(bodies.map(({ stationId }) => stationId).sort());
	}, 600_000);

	it('nothing is started twice where the queue repeats stalled jobs', async () => {
		const preload = join(__dirname, 'support', 'repeatStalledJobs.cjs');
		const restart = async (env: Record<string, string>) => {
			for (const worker of WORKERS) await queue.kill(worker);
			await Promise.all(WORKERS.map((worker) => queue.start(worker, env)));
		};
		await restart({ NODE_OPTIONS: `--require ${preload}` });
		try {
			const path = 'starts-that-are-repeated';
			const workflowId = await activate(path, START);
			const bodies = await payments('repeated');
			await startAndKill(path, bodies);

			expect(await untilEnded(queue, workflowId, SECONDS)).toEqual({ success: STARTS });
			const outputs = await outputsOf(workflowId);
			const repeated = outputs.filter(({ alreadyStarted }) => alreadyStarted);
			console.log(`${STARTS} starts, a worker killed: ${repeated.length} executions repeated`);
			expect(repeated.length).toBeGreaterThan(0);
			expect(await startsReceived()).toEqual(bodies.map(({ stationId }) => stationId).sort());
		} finally {
			await restart({});
		}
	}, 600_000);
});

it('a worker is killed while it sets power limits: each limit is set once, or its execution is listed as failed', async () => {
	const path = 'limits-of-a-killed-worker';
	const workflowId = await activate(path, SET_POWER_LIMIT);
	const commands = await limitCommands(site, LIMITS);
	const calls = callWebhook(queue, path, commands);
	await until('a quarter of the limits', 120, async () =>
		(await countOf('setStationPowerLimit')) > LIMITS / 4 ? true : undefined,
	);
	await queue.kill('worker1');
	await calls;

	const ended = await untilEnded(queue, workflowId, SECONDS);
	console.log(`${LIMITS} limits, a worker killed: ${JSON.stringify(ended)}`);
	const { success = 0, ...failed } = ended;
	const named = Object.values(failed).reduce((sum, count) => sum + count, 0);
	expect(success + named).toBe(LIMITS);
	const received = await limitsReceived(site);
	expect(new Set(received).size).toBe(received.length);
	expect(received.length).toBeGreaterThanOrEqual(success);
	const missing = commands.filter((command) => !received.includes(commandText(command)));
	expect(missing.length).toBeLessThanOrEqual(named);
}, 600_000);
