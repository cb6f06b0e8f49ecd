import { compareOperations } from '../../../../tools/contract/compareOperations.mts';
import { endpointOf } from '../../../../tools/contract/placeholders.mts';
import { readContract } from '../../../../tools/contract/readContract.mts';
import { operation } from './operations.mts';

const parameter = (place: string, name: string, words: string) => ({
	in: place,
	name,
	fields: new Map([['(whole)', words]]),
});

describe('the differences of two operations', () => {
	it('are none between an operation and itself', async () => {
		const { operations } = await readContract('nodes/shared/chargeye/openapi.yaml');
		for (const one of operations) {
			expect(compareOperations({ ours: one, vendors: one })).toEqual([]);
		}
	});

	it('are in method and path; a placeholder of another name is none', () => {
		const ours = operation('PUT /stations/{stationId}/limit');
		expect(
			compareOperations({ ours, vendors: operation('PUT /stations/{chargerId}/limit') }),
		).toEqual([]);
		expect(
			compareOperations({ ours, vendors: operation('POST /chargers/{chargerId}/limit') }),
		).toEqual([
			{ part: 'method', at: '', ours: 'PUT', vendors: 'POST' },
			{
				part: 'path',
				at: '',
				ours: '/stations/{stationId}/limit',
				vendors: '/chargers/{stationId}/limit',
			},
		]);
	});

	it('are in the parameters, those of the path by our names', () => {
		const ours = operation('GET /stations/{stationId}', {
			parameters: [parameter('path', 'stationId', 'string'), parameter('query', 'from', 'string')],
		});
		const vendors = operation('GET /stations/{id}', {
			parameters: [parameter('path', 'id', 'integer'), parameter('query', 'since', 'string')],
		});
		expect(compareOperations({ ours, vendors })).toEqual([
			{ part: 'parameters', at: 'stationId (path)', ours: 'string', vendors: 'integer' },
			{ part: 'parameters', at: 'from (query)', ours: 'string', vendors: undefined },
			{ part: 'parameters', at: 'since (query)', ours: undefined, vendors: 'string' },
		]);
	});

	it('are in body and answer; what is in a value that one side lacks is not told again', () => {
		const body = new Map([
			['(whole)', 'object; required'],
			['limit', 'object'],
			['limit.kw', 'number'],
			['limits', 'integer'],
		]);
		const ours = operation('PUT /a', { body, answer: new Map([['response', 'string: A, B']]) });
		const vendors = operation('PUT /a', {
			body: new Map([['(whole)', 'object; required']]),
			answer: new Map([['response', 'string: A']]),
		});
		expect(compareOperations({ ours, vendors })).toEqual([
			{ part: 'body', at: 'limit', ours: 'object', vendors: undefined },
			{ part: 'body', at: 'limits', ours: 'integer', vendors: undefined },
			{ part: 'answer', at: 'response', ours: 'string: A, B', vendors: 'string: A' },
		]);
		const [whole, ...others] = compareOperations({
			ours: { ...ours, answer: new Map() },
			vendors: operation('PUT /a'),
		});
		expect(whole).toMatchObject({ at: '(whole)', ours: 'object; required' });
		expect(others).toEqual([]);
	});
});

describe('the vendor’s endpoint with our placeholders', () => {
	const OURS = operation('PUT /chargingStations/{stationId}/evse/{evseId}/limit');
	it.each([
		['by name', 'PUT /x/{evseId}/y/{stationId}', 'PUT /x/{evseId}/y/{stationId}'],
		[
			'by meaning',
			'PUT /outlets/{outletNo}/of/{chargePoint}',
			'PUT /outlets/{evseId}/of/{stationId}',
		],
		[
			'by the segment before',
			'PUT /evses/{no}/chargers/{id}',
			'PUT /evses/{evseId}/chargers/{stationId}',
		],
		['by position', 'PUT /x/{a}/y/{b}', 'PUT /x/{stationId}/y/{evseId}'],
		[
			'not where it means something else',
			'PUT /sites/{siteId}/evses/{no}',
			'PUT /sites/{siteId}/evses/{evseId}',
		],
		['not where there are more', 'PUT /x/{a}/y/{b}/z/{c}', 'PUT /x/{a}/y/{b}/z/{c}'],
	])('is found %s', (_, vendors, expected) => {
		expect(endpointOf({ ours: OURS, vendors: operation(vendors) })).toBe(expected);
	});
});
