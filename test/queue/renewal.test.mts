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

const EXECUTIONS = 40;

const queue = useQueue();
const site = useSite(['--stations', '20']);

it('an expired token is renewed by both workers at once: every execution succeeds, and sends its command once', async () => {
	const path = 'limits-with-an-expired-token';
	const file = webhookWorkflow(path, SET_POWER_LIMIT);
	const workflow = await queue.client.importWorkflow(file, await queue.credentialFor(site));
	await queue.client.activate(workflow);
	const commands = await limitCommands(site, EXECUTIONS + 1);
	const [first, ...others] = commands;
	await callWebhook(queue, path, [first]);
	expect(await untilEnded(queue, workflow.id, 120)).toEqual({ success: 1 });

	const renewals = async () =>
		(await site.requests()).filter(({ operationId }) => operationId === 'refreshAccessToken');
	const before = (await renewals()).length;
	await site.expire('access');
	await callWebhook(queue, path, others);
	expect(await untilEnded(queue, workflow.id, 240)).toEqual({ success: EXECUTIONS + 1 });
	const count = (await renewals()).length - before;
	console.log(`${EXECUTIONS} executions with an expired token: ${count} renewals`);
	expect(count).toBeGreaterThan(0);
	expect(await limitsReceived(site)).toEqual(commands.map(commandText).sort());
}, 500_000);
