import { assistant } from '../../../../host/demo/assistant.mts';

const says = (content: string) => assistant([{ role: 'user', content }], []);
const hears = (content: string) => assistant([{ role: 'tool', content }], []);

describe('the stand-in for a language model', () => {
	it.each<[string, string, object]>([
		['Limit DEPOT-DC-1 to 50 kW', 'Set_Power_Limit', { station_id: 'DEPOT-DC-1', limit_kw: 50 }],
		['limit DEPOT-DC-1 to 0 kW', 'Set_Power_Limit', { station_id: 'DEPOT-DC-1', limit_kw: 0 }],
		['OFFICE-AC-1: 7,4kw', 'Set_Power_Limit', { station_id: 'OFFICE-AC-1', limit_kw: 7.4 }],
		['Lift the limit of DEPOT-DC-1', 'Clear_Power_Limit', { station_id: 'DEPOT-DC-1' }],
		['Restart OFFICE-AC-1', 'Restart_Station', { station_id: 'OFFICE-AC-1' }],
	])('“%s” wants %s, to be approved', (text, tool, toolParameters) => {
		expect(says(text)).toEqual({ tool, input: { toolParameters, hitlParameters: {} } });
	});

	it('looks stations up without a command', () => {
		expect(says('Which stations are there?')).toEqual({ tool: 'Find_Stations', input: {} });
	});

	it('says what it knows when it does not understand', () => {
		expect(says('Hello')).toMatch(/four sentences/);
	});

	it('reports what the tools answered', () => {
		expect(hears('[{"message":"The charger accepted the power limit."}]')).toBe(
			'The charger accepted the power limit.',
		);
		expect(hears('[{"error":"Charging Station is empty"}]')).toBe('Charging Station is empty');
		expect(hears('[{"stationId":"A-1","name":"First","currentPowerKw":0}]')).toBe(
			'A-1 (First) draws 0 kW',
		);
		expect(hears('User rejected the tool call')).toBe('User rejected the tool call');
	});
});
