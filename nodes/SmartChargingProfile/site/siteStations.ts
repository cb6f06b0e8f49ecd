import type { IDataObject } from 'n8n-workflow';

import { connectorsOf, type Connector, type Station } from '../../shared/chargeye/stations';
import { inItem, InputError } from '../../shared/charging/base/inputError';
import { isObject } from '../../shared/charging/base/isObject';
import { quoted } from '../../shared/charging/base/shown';
import { departureTime } from '../../shared/charging/prices/departure';
import type { LimitUnit } from '../../shared/charging/profile/limitUnit';
import type { ShareRule, SiteStation } from '../../shared/charging/site/share';
import { STEPS, stepsInWords } from '../../shared/charging/site/shareWords';
import { checkId } from '../../shared/node/fields/kinds/locator';
import { checkNumber, type NumberRange } from '../../shared/node/fields/kinds/number';
import { isEmpty } from '../../shared/node/fields/kinds/values';
import { currentOf, phasesOf } from '../shared/supply';

/** What applies to stations whose items do not say it themselves. */
export interface StationDefaults {
	unit: LimitUnit;
	rule: ShareRule;
	phases: number;
	/** Of a phase (V). */
	voltage: number;
	/** The least with which a DC car charges (kW, on the grid side). */
	leastDcKw: number;
	/** If undefined, a need that is not known is an error. */
	needKwh?: number;
	/** The IANA time zone of departures without an offset. */
	zone: string;
	/** Epoch seconds; a time of day means its next occurrence. */
	now: number;
}

/** A station of the site, and what an output or a warning says of it. */
export interface ReadStation extends SiteStation {
	/** What it draws now, in steps; undefined if that is not known. */
	draws?: number;
	isOffline: boolean;
}

/** The least current of AC charging (A per phase), by IEC 61851-1. */
const LEAST_AC_A = 6;

/** So that 4.14 × 1000 is 4140 whichever way it is rounded. */
const BINARY_NOISE = 1e-6;

const down = (value: number) => Math.floor(value + BINARY_NOISE);
const up = (value: number) => Math.ceil(value - BINARY_NOISE);

const COUNT_OF_CARS = { min: 0, max: 1000, decimals: 0 } as const;
const PHASES = { min: 1, max: 3, decimals: 0 } as const;

/** Reads a number in an item; undefined if it is missing or empty. @throws InputError */
function numberIn(item: IDataObject, name: string, range: NumberRange = {}): number | undefined {
	const value = item[name];
	return isEmpty(value) ? undefined : checkNumber(name, value, range);
}

/** The station's connectors; none if the item has no such field. @throws InputError */
function connectorsIn({ connectors }: IDataObject): Connector[] {
	if (isEmpty(connectors)) return [];
	if (Array.isArray(connectors) && connectors.every(isObject)) {
		return connectorsOf({ connectors } as Station);
	}
	throw new InputError(
		`connectors is ${Array.isArray(connectors) ? 'a list with something other than objects' : quoted(connectors)}, which is not a list of connectors`,
		'Use the output of Charging Station: Get Many, or leave connectors out.',
	);
}

/** True if the item has the connectors' latest transactions; the simplified output of Get Many does not. */
const hasTransactions = ({ connectors }: IDataObject): boolean =>
	(connectors as IDataObject[]).some(
		(connector) => 'latestTransaction' in connector || 'lastTransaction' in connector,
	);

/** The connectors with a car that wants to charge: those with a running transaction, or else with a car plugged in. */
function occupied(item: IDataObject, connectors: readonly Connector[]): Connector[] {
	if (connectors.length === 0) return [];
	return hasTransactions(item)
		? connectors.filter(({ latest }) => latest && latest.status !== 'Ended' && !latest.endTime)
		: connectors.filter(({ status }) => status === 'Charging' || status === 'Occupied');
}

/** The energy up to the energy limits of the running transactions; undefined if one of them has none. */
function needOf(running: readonly Connector[]): number | undefined {
	let need = 0;
	for (const { latest } of running) {
		if (typeof latest?.energyLimitKwh !== 'number') return undefined;
		need += Math.max(0, latest.energyLimitKwh - Number(latest.chargedEnergyKwh ?? 0));
	}
	return running.length > 0 ? need : undefined;
}

/** @throws InputError */
function departureIn({ departure }: IDataObject, { now, zone }: StationDefaults) {
	if (isEmpty(departure)) return undefined;
	const time = departureTime(departure, now, zone);
	if ('seconds' in time) return time.seconds;
	throw new InputError(`departure ${time.problem}`, time.fix);
}

/** @throws InputError */
function currentTypeIn({ currentType }: IDataObject): 'AC' | 'DC' | undefined {
	if (isEmpty(currentType)) return undefined;
	if (currentType === 'AC' || currentType === 'DC') return currentType;
	throw new InputError(
		`currentType is ${quoted(currentType)}, which is not a valid option`,
		'Enter AC or DC, or leave it out.',
	);
}

/** A kW, and the A on the grid side that it is on a number of phases, in steps of either unit. */
function powerScale(unit: LimitUnit, phases: number, voltage: number) {
	const kwPerA = (phases * voltage) / 1000;
	return {
		ofKw: (kw: number) => (unit === 'kW' ? kw : kw / kwPerA) * STEPS[unit],
		ofA: (amperes: number) => (unit === 'A' ? amperes : amperes * kwPerA) * STEPS[unit],
	};
}

/** @throws InputError without the item */
function stationIn(item: IDataObject, defaults: StationDefaults): ReadStation {
	const { unit, rule, voltage, leastDcKw } = defaults;
	if (isEmpty(item.stationId)) {
		throw new InputError(
			'stationId is missing',
			'Each item is a charging station: use the output of Charging Station: Get Many, or give each item the field stationId.',
		);
	}
	const stationId = checkId('stationId', item.stationId, false);
	const connectors = connectorsIn(item);
	const running = occupied(item, connectors);
	const maxPowerKw = numberIn(item, 'maxPowerKw', { min: 0, unit: 'kW' });
	const maxPowerA = numberIn(item, 'maxPowerA', { min: 0, unit: 'A' });
	const phases =
		numberIn(item, 'numberPhases', PHASES) ??
		phasesOf({ maxPowerKw, maxPowerA }) ??
		defaults.phases;
	const currentType = currentTypeIn(item);
	const isDc = (connector: Connector) => (currentType ?? currentOf(connector)) === 'DC';
	const usesDc = currentType === 'DC' || connectors.some(isDc);
	const { ofKw, ofA } = powerScale(unit, usesDc ? 3 : phases, voltage);
	const [leastAc, leastDc] = [up(ofA(LEAST_AC_A)), up(ofKw(leastDcKw))];
	const leastOf = (dc: boolean) => (dc ? leastDc : leastAc);
	const plugged = numberIn(item, 'cars', COUNT_OF_CARS) ?? (item.connectors ? running.length : 1);
	const needKwh = numberIn(item, 'needKwh', { min: 0, unit: 'kWh' }) ?? needOf(running);
	const cars = needKwh === 0 ? 0 : plugged;
	if (cars > 0 && rule === 'need' && needKwh === undefined && defaults.needKwh === undefined) {
		throw new InputError(
			`needKwh is missing: how much energy the cars at ${stationId} still need is not known`,
			'Give the item the field needKwh, or add the option Need Not Known (kWh), or choose another rule in Share.',
		);
	}
	const most = Math.min(
		maxPowerKw === undefined ? Infinity : down(ofKw(maxPowerKw)),
		maxPowerA === undefined ? Infinity : down(ofA(maxPowerA)),
	);
	const one = Math.max(...(connectors.length > 0 ? connectors.map(isDc) : [usesDc]).map(leastOf));
	if (most < one) {
		const name = maxPowerKw === undefined ? 'maxPowerA' : 'maxPowerKw';
		throw new InputError(
			`${name} is ${quoted(item[name])}, but a car at ${stationId} charges with ${stepsInWords(one, unit)} or more`,
			usesDc
				? 'Lower the option Least DC Power (kW), or correct the maximum.'
				: 'If the station has fewer phases, give the item the field numberPhases, or change the option Phases; or correct the maximum.',
		);
	}
	// If the number of cars is given, it is not known at which connectors they are.
	const each =
		running.length === cars
			? running.map(isDc).map(leastOf)
			: Array.from({ length: cars }, () => one);
	const least = cars === 0 ? one : each.reduce((total, power) => total + power, 0);
	const drawn = unit === 'kW' ? item.currentPowerKw : item.currentPowerA;
	return {
		stationId,
		cars,
		// With less than that for all its cars, a station lets them take turns.
		least: Math.min(least, most),
		most,
		needKwh: needKwh ?? defaults.needKwh,
		priority: numberIn(item, 'priority') ?? 0,
		departure: departureIn(item, defaults),
		...(typeof drawn === 'number' && { draws: drawn * STEPS[unit] }),
		isOffline: item.onlineStatus === 'Offline',
	};
}

/**
 * Reads the stations of a site, one per item: as Charging Station: Get Many outputs them, simplified or raw, or with the
 * fields `stationId`, `needKwh`, `departure`, `priority`, `maxPowerKw`, `maxPowerA`, `numberPhases`, `currentType`, `cars`.
 * @throws InputError with the item
 */
export function readStations(
	items: readonly IDataObject[],
	defaults: StationDefaults,
): ReadStation[] {
	const indexes = new Map<string, number>();
	return items.map((item, index) =>
		inItem(index, () => {
			const station = stationIn(item, defaults);
			const former = indexes.get(station.stationId);
			if (former !== undefined) {
				throw new InputError(
					`stationId ${station.stationId} is also that of item ${former}`,
					'Give each charging station one item; the field cars can say how many cars charge there.',
				);
			}
			indexes.set(station.stationId, index);
			return station;
		}),
	);
}
