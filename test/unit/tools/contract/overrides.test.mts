import { readEndpoints } from '../../../../nodes/shared/chargeye/account.ts';
import { onBaseUrl } from '../../../../tools/contract/baseUrl.mts';
import { overridesFor } from '../../../../tools/contract/overrides.mts';
import { operation } from './operations.mts';

const ours = operation('PUT /chargingStations/{stationId}/powerLimit', {
	operationId: 'setStationPowerLimit',
});
const overrides = (endpoint: string) =>
	overridesFor([{ ours, vendors: operation(endpoint), reason: '' }]);
const NONE = { endpoints: {}, unsure: [], refused: [] };

describe('Endpoint Overrides', () => {
	it('hold method and path with our placeholders, as the credential takes them', () => {
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

	it('say when only its position tells what a placeholder is', () => {
		expect(overrides('PUT /x/{y}/limit')).toMatchObject({
			endpoints: { setStationPowerLimit: 'PUT /x/{stationId}/limit' },
			unsure: [{ key: 'setStationPowerLimit', placeholders: ['y'] }],
		});
	});

	it('take the method PATCH', () => {
		expect(overrides('PATCH /chargers/{id}/limit')).toMatchObject({
			endpoints: { setStationPowerLimit: 'PATCH /chargers/{stationId}/limit' },
		});
	});

	it.each([
		['GET /chargers/{id}/limit', /GET, which only reads/],
		['PUT /limit', /lacks \{stationId\}/],
		[
			'PUT /tenants/{tenantId}/chargers/{id}/limit',
			/has \{tenantId\}, which this operation does not know/,
		],
	])('are none for %s, and say why', (endpoint, reason) => {
		const { endpoints, refused } = overrides(endpoint);
		expect(endpoints).toEqual({});
		expect(refused).toEqual([expect.stringMatching(reason)]);
	});
});

describe('the base URL', () => {
	const OURS = 'https://kempower.io/api';
	const placed = (servers: string[], ...paths: string[]) => {
		const operations = paths.map((path) => operation(`GET ${path}`));
		const { baseUrl, operations: found } = onBaseUrl({ version: '', servers, operations }, OURS);
		return [baseUrl, ...found.map((one) => one.path)];
	};

	it.each([
		['named', ['https://kempower.io/api/']],
		['one of several', ['https://test.example.com', 'https://kempower.io/api']],
		['relative', ['/api']],
		['not named', []],
	])('is ours when it is %s', (_, servers) => {
		expect(placed(servers, '/stations')).toEqual([OURS, '/stations']);
	});

	it('is ours when the paths hold the rest of it', () => {
		expect(placed(['https://kempower.io'], '/api/stations', '/api/locations')).toEqual([
			OURS,
			'/stations',
			'/locations',
		]);
	});

	it('is the vendor’s otherwise', () => {
		expect(placed(['https://kempower.io'], '/api/stations', '/health')).toEqual([
			'https://kempower.io',
			'/api/stations',
			'/health',
		]);
		expect(placed(['/api/v2/'], '/stations')).toEqual(['https://kempower.io/api/v2', '/stations']);
	});
});
