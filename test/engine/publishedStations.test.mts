import { credentialsFor } from '../../host/credentials.mts';
import { byId, runOperation, type RunOptions } from '../support/chargerOperations.mts';
import { HARBOUR, YARD } from '../support/publishedAccount.mts';
import { usePublishedApi } from '../support/publishedApi.mts';

const api = usePublishedApi();

const clearAt = (locationId: string, options: Partial<RunOptions> = {}) =>
	runOperation(
		'chargingStation:clearPowerLimit',
		{ stations: 'location', locationId: byId(locationId) },
		{ credential: credentialsFor(api).accessToken(), ...options },
	);

const requests = () => api.requests.map(({ method, path }) => `${method} ${path}`);

it.each([
	[HARBOUR, ['charger1', 'bare'], ['charger1', 'bare']],
	[YARD, ['Yard 3/north'], ['Yard%203%2Fnorth']],
])('the stations of a location get the command: %s', async (uid, ids, segments) => {
	const { items, error } = await clearAt(uid);
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => [json.stationId, json.response])).toEqual(
		ids.map((id) => [id, 'Accepted']),
	);
	expect(api.requests[0].query).toEqual({ locationUid: uid });
	expect(requests()).toEqual([
		'GET /stations',
		...segments.map((segment) => `DELETE /chargingStations/${segment}/powerLimit`),
	]);
});

it('a location is known by its UID, not by the reference that its owner gave it', async () => {
	const { error } = await clearAt('OWN-REF-1');
	expect(error?.message).toBe(
		'ChargEye shows no charging station at the location OWN-REF-1 [item 0]',
	);
	expect(requests()).toEqual(['GET /stations']);
});

it('a station that refuses and one that is offline have outcomes of their own', async () => {
	api.refusing = ['charger1'];
	api.offline = ['bare'];
	const { items } = await clearAt('={{ $json.at }}', {
		items: [{ at: HARBOUR }, { at: YARD }],
		onError: 'continueRegularOutput',
	});
	expect(items.map(({ json, pairedItem }) => [json.stationId, json.error, pairedItem])).toEqual([
		['charger1', 'The charger refused to clear the power limit of charger1 [item 0]', { item: 0 }],
		['bare', 'ChargEye answered 504: The station is not connected [item 0]', { item: 0 }],
		['Yard 3/north', undefined, { item: 1 }],
	]);
}, 60_000);

it('the error of a node that stops names both', async () => {
	api.refusing = ['charger1'];
	api.offline = ['bare'];
	const { error } = await clearAt(HARBOUR);
	expect(error?.message).toBe('2 of 2 charging stations failed: charger1, bare [item 0]');
	expect(error?.description).toMatch(
		/^charger1: The charger refused\. Reason: InvalidSchedule\. .* bare: ChargEye answered 504: The station is not connected\. /,
	);
}, 60_000);
