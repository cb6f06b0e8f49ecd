import { byId } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';
import { runTransaction } from '../support/transactions.mts';

const DC = 'DEPOT-DC-1';

const site = useSite();

describe('bad input of Charging Transaction', () => {
	const at = { stationId: byId(DC), connectorId: byId(1) };

	it.each([
		[['start', { ...at, idToken: '={{ {} }}' }], 'ID Token is {}, which is not a text'],
		[['stop', { txId: byId('..') }], 'Transaction ".." is not an ID'],
		[
			['getAll', { returnAll: true, filters: { from: '={{ "17:00" }}' } }],
			'From is "17:00", which is not a time',
		],
	] as Array<[[string, Record<string, unknown>], string]>)(
		'%j: %s, and nothing is sent',
		async ([operation, parameters], message) => {
			const { status, error } = await runTransaction(site, operation, parameters);
			expect(status).toBe('error');
			expect(error?.message).toContain(message);
			expect(error?.message).toMatch(/\[item 0\]$/);
			expect(error?.description).toMatch(/Nothing was sent\.$/);
			expect(await site.requests()).toEqual([]);
		},
	);

	it('in the last item stops the node before the first is sent', async () => {
		const { error } = await runTransaction(
			site,
			'start',
			{ ...at, options: { vehicle: '={{ $json.vehicle }}' } },
			{ items: [{ vehicle: {} }, { vehicle: 'red' }] },
		);
		expect(error?.message).toBe('Vehicle is not valid JSON [item 1]');
		expect(error?.description).toMatch(/Nothing was sent for any item\.$/);
		expect(await site.requests()).toEqual([]);
	});
});
