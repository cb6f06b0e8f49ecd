import axios from 'axios';
import pLimit from 'p-limit';

import { WORKERS } from '../../host/queue/queueMode.mts';
import { until } from '../../host/support/until.mts';
import { useSite } from '../support/site.mts';
import {
	commandText,
	limitCommands,
	limitsReceived,
	SET_POWER_LIMIT,
	webhookWorkflow,
} from './support/commands.mts';
import { useQueue } from './support/queue.mts';

const WEBHOOKS = 500;
const AT_ONCE = 50;
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

	const slot = pLimit(AT_ONCE);
	const sent = commands.map((command) =>
		slot(() => axios.post(`${queue.url}/webhook/${path}`, command, { proxy: false })),
	);
	await Promise.all(sent);

	const statuses = () =>
		queue.sql(
			`select status, count(*) from execution_entity where "workflowId" = '${workflow.id}' group by status`,
		);
	await until('the end of all executions', 400, async () => {
		const now = await statuses();
		return /new|running|waiting/.test(now) ? undefined : true;
	});
	expect(await statuses()).toBe(`success|${WEBHOOKS}`);
	expect(await limitsReceived(site)).toEqual(commands.map(commandText).sort());
	const shares = await Promise.all(
		WORKERS.map(async (worker) => (await queue.finishedBy(worker)).length),
	);
	console.log(`${WEBHOOKS} webhooks, by worker: ${shares.join(' and ')}`);
	// Each does a good part of the work.
	for (const share of shares) expect(share).toBeGreaterThan(WEBHOOKS / 10);
}, 600_000);
