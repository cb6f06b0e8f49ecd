import axios from 'axios';
import pLimit from 'p-limit';

import { until } from '../../../host/support/until.mts';
import type { Queue } from './queue.mts';

/** Calls a webhook of n8n with each body. @param atOnce how many calls there are at the same time */
export async function callWebhook(
	{ url }: Queue,
	path: string,
	bodies: readonly object[],
	atOnce = 50,
): Promise<void> {
	const slot = pLimit(atOnce);
	const call = (body: object) => axios.post(`${url}/webhook/${path}`, body, { proxy: false });
	await Promise.all(bodies.map((body) => slot(() => call(body))));
}

/** Waits until no execution of the workflow is under way. @returns how many ended in each way, e.g. `{success: 9, error: 1}` */
export const untilEnded = (
	{ sql }: Queue,
	workflowId: string,
	seconds: number,
): Promise<Record<string, number>> =>
	until('the end of all executions', seconds, async () => {
		const counted = await sql(
			`select status, count(*) from execution_entity where "workflowId" = '${workflowId}' group by status`,
		);
		const lines = counted.split('\n').filter((line) => line !== '');
		const counts = lines.map((line): [string, number] => {
			const [status, count] = line.split('|');
			return [status, Number(count)];
		});
		const isUnderWay = counts.some(([status]) => ['new', 'running', 'waiting'].includes(status));
		return isUnderWay ? undefined : Object.fromEntries(counts);
	});
