import fc from 'fast-check';

import { matchOperations, onBaseUrl } from '../../../../tools/contract/match.mts';
import { readContract, type Operation } from '../../../../tools/contract/readContract.mts';
import { operation } from './operations.mts';

const setStation = operation('PUT /chargingStations/{stationId}/powerLimit', {
	operationId: 'setStationPowerLimit',
});

const names = ({ ours, vendors }: { ours: Operation; vendors: Operation }) =>
	`${ours.operationId} = ${vendors.operationId ?? vendors.path}`;

/** More than half of the operations in any order, so that two such lists always have some in common. */
const shuffledMost = (operations: Operation[]) =>
	fc.shuffledSubarray(operations, { minLength: Math.floor(operations.length / 2) + 1 });

describe('the vendor’s operations are matched to ours', () => {
	it('by the vendor’s known operationId, before our operationId and the endpoint', () => {
		const ours = operation('GET /chargingStations/{stationId}/transactions', {
			operationId: 'listStationTransactions',
			vendorsId: 'getTransactions',
		});
		const right = operation('GET /v2/charging/{id}', { operationId: 'getTransactions' });
		const others = [
			operation('GET /other/{id}', { operationId: 'listStationTransactions' }),
			operation('GET /transactions', { operationId: 'getTransactions2' }),
			operation('GET /chargingStations/{stationId}/transactions', {}),
		];
		expect(matchOperations([ours], [...others, right])).toEqual({
			matches: [{ ours, vendors: right, reason: 'the vendor’s operationId' }],
			unmatchedOurs: [],
			unmatchedVendors: others,
		});
	});

	it('else by our operationId', () => {
		const vendors = operation('POST /x', { operationId: 'setStationPowerLimit' });
		const sameAddress = { ...setStation, operationId: 'putLimit' };
		expect(matchOperations([setStation], [sameAddress, vendors]).matches).toEqual([
			{ ours: setStation, vendors, reason: 'same operationId' },
		]);
	});

	it('where the vendor’s names differ by only one letter or digit', async () => {
		const { operations: ours } = await readContract('nodes/shared/chargeye/openapi.yaml');
		const vendors = ['getTransaction', 'getTransactions', 'getTransactions2', 'getLocations'].map(
			(operationId, index) => operation(`GET /v2/${index}`, { operationId }),
		);
		expect(matchOperations(ours, vendors).matches.map(names)).toEqual([
			'listLocations = getLocations',
			'listStationTransactions = getTransactions',
			'listTransactions = getTransactions2',
			'getTransaction = getTransaction',
		]);
	});

	it('else by the same method and path, ignoring the names of placeholders', () => {
		const vendors = operation('PUT /chargingStations/{charger}/powerLimit');
		expect(matchOperations([setStation], [vendors]).matches).toEqual([
			{ ours: setStation, vendors, reason: 'same method and path' },
		]);
	});

	it.each([
		['clearing the limit', operation('DELETE /chargingStations/{id}/powerLimit')],
		['the limit of a location', operation('PUT /locations/{id}/powerLimit')],
		['the limit of a connector', operation('PUT /chargingStations/{id}/evse/{no}/powerLimit')],
		[
			'an operation with a similar name',
			operation('PUT /x', { operationId: 'set_station_power_limit' }),
		],
	])('but never to %s: the user decides', (_, vendors) => {
		expect(matchOperations([setStation], [vendors])).toEqual({
			matches: [],
			unmatchedOurs: [setStation],
			unmatchedVendors: [vendors],
		});
	});

	it('but not to one of two with the same operationId: the user decides', () => {
		const twice = ['/v1', '/v2'].map((path) =>
			operation(`PUT ${path}/{id}`, { operationId: 'setStationPowerLimit' }),
		);
		expect(matchOperations([setStation], twice)).toEqual({
			matches: [],
			unmatchedOurs: [setStation],
			unmatchedVendors: twice,
		});
	});

	it.each(['putCap', 'POST /cap/{id}'])('as the user says, before anything else: %s', (said) => {
		const vendors = operation('POST /cap/{id}', { operationId: 'putCap' });
		const decisions = new Map([['setStationPowerLimit', said]]);
		expect(matchOperations([setStation], [setStation, vendors], decisions).matches).toEqual([
			{ ours: setStation, vendors, reason: 'as you say' },
		]);
	});

	it.each([
		['setStationPowerLimit', 'putCaps'],
		['setPowerLimit', 'putCap'],
		['setStationPowerLimit', ''],
	])('but not as %s=%s, which do not exist', (key, said) => {
		const vendors = operation('POST /cap/{id}', { operationId: 'putCap' });
		expect(() => matchOperations([setStation], [vendors], new Map([[key, said]]))).toThrow(
			`--match ${key}=${said}: write one of our keys, and the operationId`,
		);
	});

	it('one to one and correctly, whatever the order and whatever is left out', async () => {
		const { operations: ours } = await readContract('nodes/shared/chargeye/openapi.yaml');
		expect(ours).toHaveLength(19);
		const vendors = ours.map((one, index) =>
			index % 2 === 0 ? { ...one, path: `/${index}` } : { ...one, operationId: undefined },
		);
		fc.assert(
			fc.property(shuffledMost(ours), shuffledMost(vendors), (some, others) => {
				const { matches, unmatchedOurs, unmatchedVendors } = matchOperations(some, others);
				for (const match of matches) {
					expect(vendors.indexOf(match.vendors)).toBe(ours.indexOf(match.ours));
				}
				const both = some.filter((one) => others.includes(vendors[ours.indexOf(one)]));
				expect(both.length).toBeGreaterThan(0);
				expect(matches).toHaveLength(both.length);
				expect(unmatchedOurs).toHaveLength(some.length - both.length);
				expect(unmatchedVendors).toHaveLength(others.length - both.length);
			}),
			{ numRuns: 200 },
		);
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

	it('is ours when the paths contain the rest of it', () => {
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
		expect(placed(['/apis/'], '/stations')).toEqual(['https://kempower.io/apis', '/stations']);
	});
});
