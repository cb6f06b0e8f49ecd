import { WORKERS } from '../../host/queue/queueMode.mts';
import { useSite } from '../support/site.mts';
import {
	commandText,
	limitCommands,
	limitsReceived,
	SET_POWER_LIMIT,
	webhookWorkflow,
} from './support/commands.mts';
import { callWebhook, untilEnded } from './support/executions.mts';
import { useQueue } from './support/queue.mts';

const WEBHOOKS = 500;
/** Half of them AC stations, or more. */
const STATIONS = 60;

const queue = useQueue();
const site = useSite(['--stations', String(STATIONS)]);

it('sends each command of 500 webhooks once, over both workers', async () => {
	const { client } = queue;
	const credential = await queue.credentialFor(site);
	const path = 'limits-of-many-webhooks';
	const workflow = await client.importWorkflow(webhookWorkflow(path, SET_POWER_LIMIT), credential);
	await client.activate(workflow);
	const commands = await limitCommands(site, WEBHOOKS);

	await callWebhook(queue, path, commands);
	expect(await untilEnded(queue, workflow.id, 400)).toEqual({ success: WEBHOOKS });
	expect(await limitsReceived(site)).toEqual(commands.map(commandText).sort());
	const shares = await Promise.all(
		WORKERS.map(async (worker) => (await queue.finishedBy(worker)).length),
	);
	console.log(`${WEBHOOKS} webhooks, by worker: ${shares.join(' and ')}`);
	// Each does a good part of the work.
	for (const share of shares) expect(share).toBeGreaterThan(WEBHOOKS / 10);
}, 600_000);
