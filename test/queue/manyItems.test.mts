import { longestSilence } from '../../bench/meanwhile.mts';
import { importAll } from '../../bench/runs.mts';
import { ours, workflowFor } from '../../bench/workflows.mts';
import { WORKERS } from '../../host/queue/queueMode.mts';
import { startServer, withBody } from '../../host/support/localServer.mts';
import { until } from '../../host/support/until.mts';
import { useQueue } from './support/queue.mts';

const ITEMS = 25_000;
/** n8n considers a worker stalled that does not renew its locks in time, by default within 60 s. */
const LONGEST_SILENCE_MS = 5000;

const queue = useQueue();

it('sends 25,000 commands of one node once each, and no worker falls silent', async () => {
	const sent = new Map<string, number>();
	const api = await startServer(
		withBody(({ url = '' }, response) => {
			sent.set(url, (sent.get(url) ?? 0) + 1);
			response
				.writeHead(200, { 'Content-Type': 'application/json' })
				.end('{"response":"Accepted"}');
		}),
	);
	try {
		// Each item is for a charging station of its own.
		const workflow = workflowFor(ITEMS, ITEMS, ours());
		const [id] = await importAll(queue, { baseUrl: `${api.url}/api` }, [workflow]);
		const work = async () => {
			const executionId = await queue.client.start(id, 'Start');
			const status = () =>
				queue.sql(`select status from execution_entity where id = ${executionId}`);
			return await until('the end of the execution', 400, async () => {
				const now = await status();
				return ['new', 'running'].includes(now) ? undefined : now;
			});
		};
		const [one, other] = WORKERS.map((worker) => queue.urlOf[worker]);
		const silence = await longestSilence(one, () => longestSilence(other, work));
		const silentMs = [silence.milliseconds, silence.result.milliseconds].map(Math.round);
		console.log(`${ITEMS} items, silent for at most ${silentMs.join(' and ')} ms`);
		expect(silence.result.result).toBe('success');
		expect(sent.size).toBe(ITEMS);
		expect(Math.max(...sent.values())).toBe(1);
		for (const ms of silentMs) expect(ms).toBeLessThan(LONGEST_SILENCE_MS);
	} finally {
		await api.close();
	}
}, 500_000);
