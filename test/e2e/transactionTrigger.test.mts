import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installN8n } from '../../host/install.mts';
import { startN8n, type RunningN8n } from '../../host/n8n.mts';
import { buildPackage, installPackage } from '../../host/package.mts';
import { SCHEDULERS } from '../../host/schedulers.mts';
import { CASES, expectEveryEvent } from '../support/killedTriggers.mts';
import { record } from '../support/records.mts';

let userFolder: string;
let n8n: RunningN8n | undefined;

beforeAll(async () => {
	await installN8n();
	await buildPackage();
}, 900_000);
beforeEach(async () => {
	userFolder = await mkdtemp(join(tmpdir(), 'charger-operations-killed-'));
	await installPackage(userFolder);
}, 60_000);
afterEach(async () => {
	await n8n?.stop();
	await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
}, 60_000);

describe.each(CASES)('n8n is killed, with its $scheduler scheduler', (one) => {
	const start = async () => {
		n8n = await startN8n(await installN8n(), {
			userFolder,
			env: SCHEDULERS[one.scheduler],
			password: 'N8n-of-this-test-1',
			log: (line) => record('log', 'n8n', line),
		});
		return n8n.client;
	};

	it('reports every event of every session and every outage, in order', async () => {
		const client = await start();
		const kill = async () => await n8n?.kill();
		await expectEveryEvent({ client, kill, start }, one, { kills: 10, sessions: 200 });
	}, 900_000);
});
