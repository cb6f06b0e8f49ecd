import { STATIONS } from '../../../sandbox/fleet.mts';
import { stationsOfFleet } from '../../../sandbox/largeFleet.mts';

it('has as many stations as it is asked for, those that are always there first', () => {
	for (const count of [1, 3, 4, 1000]) {
		const fleet = stationsOfFleet(count);
		expect(fleet).toHaveLength(count);
		expect(fleet.slice(0, 3)).toEqual(STATIONS.slice(0, count));
	}
});

it('gives every station and location an ID of its own, and every station the connectors of its model', () => {
	const fleet = stationsOfFleet(1000);
	expect(new Set(fleet.map(({ stationId }) => stationId)).size).toBe(1000);
	const names = new Map(fleet.map(({ location }) => [location.id, location.name]));
	expect(names.size).toBe(2 + 50);
	expect(new Set(names.values()).size).toBe(names.size);
	for (const { stationId, model, evses } of fleet) {
		const like = STATIONS.find((station) => station.model === model)!;
		expect(evses.map(({ connectorType }) => connectorType)).toEqual(
			like.evses.map(({ connectorType }) => connectorType),
		);
		const ids = evses.map(({ connectorId }) => connectorId);
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids) {
			if (id.includes('_')) expect(id).toMatch(new RegExp(`^${stationId}_`));
		}
	}
});
