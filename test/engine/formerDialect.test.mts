import { credentialsFor } from '../../host/credentials.mts';
import { byId, runOperation } from '../support/chargerOperations.mts';
import { searchList, startPolling } from '../support/engine.mts';
import { startSite, type Site } from '../support/site.mts';
import { runTransaction } from '../support/transactions.mts';

/** The API in the form of this project's first contract, which the nodes still understand. */
describe('an API with connectors as numbers, whole transactions and page keys as text', () => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite(['--no-cars', '--dialect', 'former', '--page-size', '2']);
	});
	afterAll(() => site.stop());
	beforeEach(() => site.reset());

	const DC = 'DEPOT-DC-1';

	it('lists connectors, and accepts the chosen one', async () => {
		const credential = credentialsFor(site).accessToken();
		const parameters = { stationId: byId(DC) };
		const { results } = await searchList({
			type: 'chargerOperations',
			method: 'searchConnectors',
			parameters,
			credential,
		});
		expect(results.map(({ value }) => value)).toEqual(['1', '2']);
		const { items } = await runOperation(
			'connector:setPowerLimit',
			{
				...parameters,
				connectorId: { __rl: true, mode: 'list', value: results[1].value },
				limitType: 'dcMaxPowerKw',
				limitValue: 50,
			},
			{ credential },
		);
		expect(items[0].json).toMatchObject({ connectorId: '2', response: 'Accepted' });
	});

	it('reads every page of transactions, and reports each transaction once', async () => {
		const trigger = await startPolling({
			type: 'transactionTrigger',
			parameters: { events: ['transactionEnded'], options: { includeSimulated: true } },
			credential: credentialsFor(site).accessToken(),
		});
		expect(await trigger.poll()).toEqual({ items: [] });
		for (let n = 0; n < 5; n++) {
			await site.plugIn(DC, 1);
			await site.waitForPower(DC, 1, (powerKw) => powerKw > 0);
			await site.unplug(DC, 1);
			await site.waitForConnector(DC, 1, 'Available');
		}
		const { items } = await runTransaction(site, 'getAll', { returnAll: true, filters: {} });
		expect(items.map(({ json }) => json.connectorId)).toEqual(['1', '1', '1', '1', '1']);
		const reported = await trigger.poll();
		expect(reported.items.map(({ txId }) => txId)).toEqual(items.map(({ json }) => json.txId));
	});
});
