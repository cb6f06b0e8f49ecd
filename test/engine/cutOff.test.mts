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
	expect(error?.message).toMatch(/^The answer of 127\.0\.0\.1:\d+ broke off/);
	expect(error?.description).toContain('Whether the charger carried it out is not known.');
	expect(await requests()).toHaveLength(1);
});
