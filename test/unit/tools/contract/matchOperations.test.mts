import fc from 'fast-check';

import { matchOperations } from '../../../../tools/contract/matchOperations.mts';
import { readContract, type Operation } from '../../../../tools/contract/readContract.mts';
import { operation } from './operations.mts';

const setStation = operation('PUT /chargingStations/{stationId}/powerLimit', {
	operationId: 'setStationPowerLimit',
	summary: 'Set a power limit on a charging station',
	body: new Map([['limit.acMaxPowerKw', 'number']]),
	answer: new Map([['response', 'string']]),
});

const names = ({ ours, vendors }: { ours: Operation; vendors: Operation }) =>
	`${ours.operationId} = ${vendors.operationId ?? vendors.path}`;

describe('the vendor’s operations are matched to ours', () => {
	it('by operationId before anything else, however it is written', () => {
		const renamed = operation('POST /x', { operationId: 'set_station_power_limit' });
		const alike = { ...setStation, operationId: 'putLimit' };
		const { matches } = matchOperations([setStation], [alike, renamed]);
		expect(matches).toEqual([{ ours: setStation, vendors: renamed, reason: 'same operationId' }]);
	});

	it('by what the vendor is known to call it, before its own name', () => {
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
		expect(matchOperations([ours], [...others, right]).matches).toEqual([
			{ ours, vendors: right, reason: 'known operationId: getTransactions' },
		]);
	});

	it('by what the vendor can be expected to call it, where method and path are other ones', () => {
		const ours = operation('GET /locations', {
			operationId: 'listLocations',
			vendorsId: 'getLocations',
			vendorsIdIsInferred: true,
		});
		const expected = operation('GET /v2/places', { operationId: 'getLocations' });
		const sameAddress = operation('GET /locations', { operationId: 'places' });
		expect(matchOperations([ours], [expected]).matches[0].reason).toBe(
			'expected operationId: getLocations',
		);
		expect(matchOperations([ours], [expected, sameAddress]).matches).toEqual([
			{ ours, vendors: sameAddress, reason: 'same method and path' },
		]);
	});

	it('where the vendor’s names differ in one letter or digit only', async () => {
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

	it('else by the same method and path, but for the names of placeholders', () => {
		const vendors = operation('PUT /chargingStations/{charger}/powerLimit', {
			summary: 'Throttle',
		});
		expect(matchOperations([setStation], [vendors]).matches[0].reason).toBe('same method and path');
	});

	it('else by a similar summary, in words of their own', () => {
		const vendors = operation('PUT /chargers/{id}/cap', {
			summary: 'Update power limits of a charge point',
		});
		expect(matchOperations([setStation], [vendors]).matches[0].reason).toBe(
			'similar summary (100 %): Update power limits of a charge point',
		);
	});

	it('else by body, answer and path', () => {
		const { body, answer } = setStation;
		const vendors = operation('PUT /chargers/{id}/powerLimit', { body, answer });
		expect(matchOperations([setStation], [vendors]).matches[0].reason).toBe(
			'similar body, answer and path (100 %)',
		);
	});

	it.each([
		[
			'clearing',
			operation('PUT /chargers/{id}/powerLimit', { summary: 'Clear power limit on station' }),
		],
		[
			'the limit of a location',
			operation('PUT /sites/{siteId}/powerLimit', { summary: 'Set power limit' }),
		],
		['the limit of a connector', operation('PUT /chargers/{id}/evses/{no}/powerLimit')],
	])('but never to %s, however alike', (_, vendors) => {
		const { body, answer } = setStation;
		const { matches, missing } = matchOperations([setStation], [{ ...vendors, body, answer }]);
		expect(matches).toEqual([]);
		expect(missing).toEqual([setStation]);
	});

	it('but not to one of two that are equally alike: both are named', () => {
		const [one, other] = ['/v1', '/v2'].map((version) =>
			operation(`PUT ${version}/chargers/{id}/powerLimit`, {
				summary: 'Set power limit of station',
			}),
		);
		expect(matchOperations([setStation], [one, other])).toEqual({
			matches: [],
			ambiguous: [{ ours: setStation, candidates: [one, other] }],
			missing: [],
		});
	});

	it('all of the example’s, each with its reason; what is missing is missing', async () => {
		const ours = await readContract('nodes/shared/chargeye/openapi.yaml');
		const vendors = await readContract('test/fixtures/vendor-openapi.yaml');
		const { matches, ambiguous, missing } = matchOperations(ours.operations, vendors.operations);
		expect(ambiguous).toEqual([]);
		expect(missing.map((one) => one.operationId)).toEqual(['setConnectorPowerLimit']);
		expect(matches.map(names)).toEqual([
			'refreshAccessToken = refreshAccessToken',
			'listLocations = getSites',
			'listStations = getChargePoints',
			'listStationTransactions = getChargePointSessions',
			'listTransactions = getSessions',
			'getTransaction = getSession',
			'setStationChargingProfile = putChargePointProfile',
			'clearStationChargingProfile = deleteChargePointProfiles',
			'restartStation = rebootChargePoint',
			'setStationPowerLimit = putChargePointLimits',
			'clearStationPowerLimit = deleteChargePointLimits',
			'setConnectorChargingProfile = /chargePoints/{chargePointId}/outlets/{no}/profiles',
			'changeConnectorAvailability = postOutletStatus',
			'clearConnectorPowerLimit = deleteOutletLimits',
			'startTransaction = postOutletSession',
			'stopTransaction = endSession',
			'setTransactionPowerLimit = putSessionLimits',
			'clearTransactionPowerLimit = deleteSessionLimits',
		]);
	});

	it('one to one and to the same, whatever the order and whatever is left out', async () => {
		const { operations: ours } = await readContract('nodes/shared/chargeye/openapi.yaml');
		const { operations: vendors } = await readContract('test/fixtures/vendor-openapi.yaml');
		const right = matchOperations(ours, vendors).matches.map(names);
		fc.assert(
			fc.property(fc.shuffledSubarray(ours), fc.shuffledSubarray(vendors), (some, others) => {
				const { matches } = matchOperations(some, others);
				expect(new Set(matches.map((match) => match.vendors)).size).toBe(matches.length);
				for (const match of matches) expect(right).toContain(names(match));
			}),
			{ numRuns: 200 },
		);
	});
});
