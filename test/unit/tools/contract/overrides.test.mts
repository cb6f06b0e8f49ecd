import { readEndpoints } from '../../../../nodes/shared/chargeye/account.ts';
import { overridesFor } from '../../../../tools/contract/overrides.mts';
import { operation } from './operations.mts';

const ours = operation('PUT /chargingStations/{stationId}/powerLimit', {
	operationId: 'setStationPowerLimit',
});
const overrides = (endpoint: string) =>
	overridesFor([{ ours, vendors: operation(endpoint), reason: '' }]);
const NONE = { endpoints: {}, warnings: [] };

describe('Endpoint Overrides', () => {
	it('contain method and path with our placeholders, in the form that the credential accepts', () => {
		const { endpoints } = overrides('POST /chargers/{chargerId}/limit');
		expect(endpoints).toEqual({ setStationPowerLimit: 'POST /chargers/{stationId}/limit' });
		expect(readEndpoints(JSON.stringify(endpoints)).setStationPowerLimit).toMatchObject({
			method: 'POST',
			path: '/chargers/{stationId}/limit',
		});
	});

	it('are none for the same method and path', () => {
		expect(overrides('PUT /chargingStations/{id}/powerLimit')).toEqual(NONE);
	});

	it('recognise a placeholder by its name, wherever it is', () => {
		const connector = operation('PUT /x/{stationId}/y/{evseId}', {
			operationId: 'setConnectorPowerLimit',
		});
		const vendors = operation('PUT /y/{evseId}/x/{id}');
		expect(overridesFor([{ ours: connector, vendors, reason: '' }])).toEqual({
			endpoints: { setConnectorPowerLimit: 'PUT /y/{evseId}/x/{stationId}' },
			warnings: ['Check that the vendor’s {id} is our {stationId}: only its position says so.'],
		});
	});

	it('say once if a placeholder is identified only by its position', () => {
		const match = { ours, vendors: operation('PUT /x/{y}/limit'), reason: '' };
		expect(overridesFor([match, match])).toEqual({
			endpoints: { setStationPowerLimit: 'PUT /x/{stationId}/limit' },
			warnings: ['Check that the vendor’s {y} is our {stationId}: only its position says so.'],
		});
	});

	it('allow the method PATCH', () => {
		expect(overrides('PATCH /chargers/{id}/limit')).toMatchObject({
			endpoints: { setStationPowerLimit: 'PATCH /chargers/{stationId}/limit' },
		});
	});

	it.each([
		['GET /chargers/{id}/limit', /GET, which only reads/],
		['PUT /limit', /lacks \{stationId\}/],
		['PUT /tenants/{tenantId}/chargers/{id}/limit', /\{tenantId\}.* lacks \{stationId\}/],
	])('are none for %s, and say why', (endpoint, reason) => {
		const { endpoints, warnings } = overrides(endpoint);
		expect(endpoints).toEqual({});
		expect(warnings).toEqual([expect.stringMatching(reason)]);
	});
});
