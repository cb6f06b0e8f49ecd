import { clearPowerLimit } from '../../../../nodes/ChargerOperations/operations/chargingStation/clearPowerLimit.ts';
import { atStation, stations } from '../../../../nodes/shared/node/fields/stations.ts';
import { byId } from '../../../support/byId.mts';
import { expression, prepare, refusalOf, valuesOf } from '../../../support/formValues.mts';

const read = (parameters: Record<string, unknown>) => stations.read(valuesOf(stations, parameters));

describe('the stations of a command', () => {
	it.each([
		[{ stationId: byId('A') }, { type: 'one' }],
		[{ stations: 'one', stationId: byId('A') }, { type: 'one' }],
		[
			{ stations: 'several', stationIds: ['A', 'B'] },
			{ type: 'several', stationIds: ['A', 'B'] },
		],
		[
			{ stations: 'location', locationId: byId('loc-1') },
			{ type: 'location', locationUid: 'loc-1' },
		],
	])('%j are %j', (parameters, reach) => {
		expect(read(parameters)).toEqual(reach);
	});

	it.each([
		[
			['A', ' B '],
			['A', ' B '],
		],
		[
			['A', 12, 'A'],
			['A', '12'],
		],
		['A', ['A']],
		[' A , B,A,', ['A', 'B']],
		[12, ['12']],
	])('an expression may give the IDs as %j', (given, stationIds) => {
		expect(read({ stations: 'several', stationIds: expression(given) })).toEqual({
			type: 'several',
			stationIds,
		});
	});

	it.each([
		[{ stationIds: [] }, 'Charging Station Names or IDs is empty'],
		[{ stationIds: expression(' , ') }, 'Charging Station Names or IDs is empty'],
		[{ stationIds: expression([null]) }, 'Charging Station Names or IDs is empty'],
		[{ stationIds: expression(['A', null]) }, 'Entry 2 of Charging Station Names or IDs is empty'],
		[
			{ stationIds: expression([{ stationId: 'A' }, 'B']) },
			'Entry 1 of Charging Station Names or IDs is {"stationId":"A"}, which is not a text',
		],
		[
			{ stationIds: expression(true) },
			'Charging Station Names or IDs is true, which is not a text',
		],
		[
			{ stationIds: expression('A, ..') },
			'Entry 2 of Charging Station Names or IDs ".." is not an ID',
		],
		[{ stations: 'location', locationId: byId('') }, 'Location is empty'],
		[{ stations: 'location', locationId: byId('..') }, 'Location ".." is not an ID'],
	])('%j are refused: %s', (parameters, message) => {
		const refusal = refusalOf(() => read({ stations: 'several', ...parameters }));
		expect(refusal.message).toBe(message);
		expect(refusal.description).toMatch(/\w.*\.$/);
	});

	it('are one in a workflow that was saved before there was a choice', () => {
		const { request } = prepare(clearPowerLimit, { stationId: byId(' DEPOT-DC-1 ') });
		expect(request.path).toEqual({ stationId: 'DEPOT-DC-1' });
	});

	it('are read one by one by the command', () => {
		const values = valuesOf(stations, { stations: 'several', stationIds: ['A', 'B/1'] });
		const { request, target } = clearPowerLimit.prepare(atStation(values, 'B/1'), {});
		expect([request.path, target]).toEqual([{ stationId: 'B/1' }, { stationId: 'B/1' }]);
	});
});
