import type { INodeParameters } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { runNode } from '../support/engine.mts';
import { startHostileApi, type HostileApi } from '../support/hostileApi.mts';

let api: HostileApi;
beforeAll(async () => {
	api = await startHostileApi();
});
afterAll(() => api.stop());

it.each([
	['chargerOperations', { resource: 'chargingStation', operation: 'restart' }],
	['transaction', { resource: 'transaction', operation: 'start' }],
])('an answer that breaks off leaves the outcome unknown: %s %j', async (type, operation) => {
	const { baseUrl, requests } = await api.open({
		manner: 'cut off',
		body: '{"responseFromStation": "Acc',
	});
	const { error } = await runNode({
		type,
		parameters: {
			...operation,
			stationId: byId('S-0'),
			connectorId: byId('1'),
			restartType: 'Immediate',
			options: { timeLimit: 5 },
		} as INodeParameters,
		credential: credentialsFor({
			rest: baseUrl,
			accessToken: 'access-token-4711',
			refreshToken: 'refresh-token-4711',
		}).accessToken(),
	});
	expect(error?.message).toMatch(/^The answer from 127\.0\.0\.1:\d+ is incomplete/);
	expect(error?.description).toContain(
		'It is not known whether the charger carried out the command.',
	);
	expect(await requests()).toHaveLength(1);
});
