import type { Connector, Station } from '../../shared/chargeye/stations';
import { NOMINAL_VOLTAGE } from '../../shared/charging/base/voltage';

const CURRENTS: Record<string, 'AC' | 'DC'> = {
	ac: 'AC',
	type2: 'AC',
	ccs: 'DC',
	chademo: 'DC',
	oppcharge: 'DC',
};

/** The current that a connector supplies to cars, by its type; undefined if the API does not give it. */
export function currentOf({ type }: Pick<Connector, 'type'>): 'AC' | 'DC' | undefined {
	const word = String(type).toLowerCase().replace(/\W/g, '');
	return Object.hasOwn(CURRENTS, word) ? CURRENTS[word] : undefined;
}

/** The phases of an AC station; undefined if the API does not give both kW and A. Without them OCPP assumes 3 (K01.FR.49). */
export function phasesOf({
	maxPowerKw,
	maxPowerA,
}: Pick<Station, 'maxPowerKw' | 'maxPowerA'>): number | undefined {
	if (typeof maxPowerKw !== 'number' || typeof maxPowerA !== 'number' || maxPowerA === 0) {
		return undefined;
	}
	return Math.max(1, Math.min(3, Math.round((maxPowerKw * 1000) / (maxPowerA * NOMINAL_VOLTAGE))));
}
