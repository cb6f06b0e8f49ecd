import { SCHEDULERS } from '../../host/schedulers.mts';
import { CASES, expectEveryEvent } from '../support/killedTriggers.mts';
import { useQueue } from './support/queue.mts';

const queue = useQueue();

describe.each(CASES)('the main process is killed, with its $scheduler scheduler', (one) => {
	const start = async () => {
		await queue.start('main', SCHEDULERS[one.scheduler]);
		return queue.client;
	};
	const kill = () => queue.kill('main');

	afterAll(async () => {
		await kill();
		await queue.start('main', SCHEDULERS.durable);
	}, 300_000);

	it('both triggers report every event, in order, and each once', async () => {
		await kill();
		const client = await start();
		const kills = one.moments.length;
		await expectEveryEvent({ client, kill, start }, one, { kills, sessions: kills * 16 });
	}, 900_000);
});
