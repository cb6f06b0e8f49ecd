import { STATIONS, type StationAsset } from '../fleet.mts';
import type { CarSpec } from './car.mts';

/** A car that charges from the start. */
export interface FirstCar {
	evseId: number;
	cardNumber: string;
	car: CarSpec;
}

/** On AC the onboard charger loses more than the battery does. */
export const EFFICIENCY: Record<StationAsset['currentType'], number> = { AC: 0.9, DC: 0.95 };

const OF_NAMED_STATIONS: Record<string, FirstCar | undefined> = {
	'DEPOT-DC-1': {
		evseId: 1,
		cardNumber: '04A1B2C3D4E501',
		car: { batteryKwh: 282, soc: 20, maxPowerKw: 110, phases: 3, efficiency: EFFICIENCY.DC },
	},
	'OFFICE-AC-3': {
		evseId: 1,
		cardNumber: '04A1B2C3D4E502',
		car: { batteryKwh: 77, soc: 30, maxPowerKw: 11, phases: 3, efficiency: EFFICIENCY.AC },
	},
};

/** The car that charges at a station from the start; every station of a large fleet has one, as different as real ones. */
export function firstCarOf(asset: StationAsset, index: number): FirstCar | undefined {
	if (STATIONS.some(({ stationId }) => stationId === asset.stationId)) {
		return OF_NAMED_STATIONS[asset.stationId];
	}
	const isDc = asset.currentType === 'DC';
	return {
		evseId: 1,
		cardNumber: `04F1EE7${String(index).padStart(7, '0')}`,
		car: {
			batteryKwh: 40 + ((index * 7) % 60),
			soc: 10 + ((index * 37) % 60),
			maxPowerKw: isDc ? 50 + ((index * 13) % 100) : [7.4, 11, 22][index % 3],
			phases: isDc || index % 3 > 0 ? 3 : 1,
			efficiency: EFFICIENCY[asset.currentType],
		},
	};
}
