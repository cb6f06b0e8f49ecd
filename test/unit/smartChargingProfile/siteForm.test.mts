import type { IDataObject } from 'n8n-workflow';

import { siteForm } from '../../../nodes/SmartChargingProfile/site/siteForm.ts';
import { refusalOf, valuesOf } from '../../support/formValues.mts';

const NOW = Date.parse('2026-01-15T16:00:00Z') / 1000;

const read = (parameters: Record<string, unknown>, items: IDataObject[]) =>
	siteForm.read(valuesOf(siteForm, { siteLimitKw: 40, ...parameters }), items, NOW);

/** The station that the form reads from an item. */
const stationOf = (item: IDataObject, parameters: Record<string, unknown> = {}) =>
	read(parameters, [{ stationId: 'S1', ...item }]).stations[0];

const inAmperes = { limitUnit: 'A', siteLimitA: 63 };

it('reads a limit in W or tenths of an ampere, rounded down', () => {
	expect(read({ siteLimitKw: 8.1 }, []).limit).toBe(8100);
	expect(read({ siteLimitKw: 11.00099 }, []).limit).toBe(11_000);
	expect(read({ limitUnit: 'A', siteLimitA: 63.3 }, []).limit).toBe(633);
});

it.each<[string, IDataObject, Record<string, unknown>, object]>([
	['an item with an ID alone', {}, {}, { cars: 1, least: 4140, most: Infinity, priority: 0 }],
	['in A the least is 6 A whatever the phases', { numberPhases: 1 }, inAmperes, { least: 60 }],
	['one phase', { numberPhases: 1 }, {}, { least: 1380 }],
	['phases of the form', {}, { options: { phases: 1 } }, { least: 1380 }],
	['phases from kW and A', { maxPowerKw: 7.36, maxPowerA: 32 }, {}, { least: 1380, most: 7360 }],
	['a maximum in kW, limits in A', { maxPowerKw: 11 }, inAmperes, { most: 159 }],
	['a maximum in A, limits in kW', { maxPowerA: 16 }, {}, { most: 11_040 }],
	['another voltage', {}, { options: { voltage: 240 } }, { least: 4320 }],
	['DC', { currentType: 'DC' }, {}, { least: 5000 }],
	['DC, limits in A', { currentType: 'DC' }, inAmperes, { least: 73 }],
	['DC, its least set', { currentType: 'DC' }, { options: { leastDcKw: 10 } }, { least: 10_000 }],
	['a least of 0', { currentType: 'DC' }, { options: { leastDcKw: 0 } }, { least: 0 }],
	['two cars', { cars: 2 }, {}, { cars: 2, least: 8280 }],
	['more cars than charge at once', { cars: 4, maxPowerKw: 11 }, {}, { least: 11_000 }],
	['no car', { cars: 0 }, {}, { cars: 0, least: 4140 }],
	['cars that need no more', { needKwh: 0 }, {}, { cars: 0 }],
	[
		'texts from a spreadsheet',
		{ needKwh: '12.5', priority: '-1' },
		{},
		{ needKwh: 12.5, priority: -1 },
	],
	['a need that is not known', {}, { share: 'need', options: { needNotKnown: 7 } }, { needKwh: 7 }],
	[
		'fields that are empty',
		{ departure: '', priority: null, maxPowerKw: null },
		{},
		{ priority: 0 },
	],
	['a time with an offset', { departure: '2026-01-15T18:00:00Z' }, {}, { departure: NOW + 7200 }],
	// 18:00 in Helsinki is 16:00Z.
	[
		'a time of day, which is tomorrow’s',
		{ departure: '07:00' },
		{},
		{ departure: NOW + 13 * 3600 },
	],
])('reads %s', (_, item, parameters, expected) => {
	expect(stationOf(item, parameters)).toMatchObject(expected);
});

/** The connectors of a station, as Get Many outputs them. */
const withConnectors = (...connectors: IDataObject[]) => ({
	connectors: connectors.map((connector, index) => ({
		connectorId: String(index + 1),
		type: 'Type2',
		...connector,
	})),
});
const charging = { txId: 'T1', status: 'Charging', chargedEnergyKwh: 2.5, energyLimitKwh: 10 };

it.each<[string, IDataObject, object]>([
	['simplified: charging', withConnectors({ status: 'Charging' }), { cars: 1 }],
	['simplified: paused', withConnectors({ status: 'Occupied' }), { cars: 1 }],
	['simplified: nobody', withConnectors({ status: 'Available' }), { cars: 0 }],
	['no connectors', { connectors: [] }, { cars: 0 }],
	['raw: running', withConnectors({ latestTransaction: charging }), { cars: 1, needKwh: 7.5 }],
	['raw: in the former spelling', withConnectors({ lastTransaction: charging }), { cars: 1 }],
	[
		'raw: ended, the car still there',
		withConnectors({ status: 'Occupied', latestTransaction: { ...charging, status: 'Ended' } }),
		{ cars: 0 },
	],
	[
		'raw: of null fields, where nothing has ever charged',
		withConnectors({ latestTransaction: { txId: null, status: null } }),
		{ cars: 0 },
	],
	[
		'raw: one of two without an energy limit',
		withConnectors(
			{ latestTransaction: charging },
			{ latestTransaction: { txId: 'T2', status: 'Charging' } },
		),
		{ cars: 2, needKwh: undefined, least: 8280 },
	],
	[
		'raw: with all of its energy',
		withConnectors({ latestTransaction: { ...charging, chargedEnergyKwh: 10.01 } }),
		{ cars: 0 },
	],
	[
		'AC and DC, a car at DC',
		withConnectors({ status: 'Available' }, { type: 'CCS', status: 'Charging' }),
		{ cars: 1, least: 5000 },
	],
])('counts the cars of a station, %s', (_, item, expected) => {
	expect(stationOf(item)).toMatchObject(expected);
});

it.each<[string, IDataObject, Record<string, unknown>, string, RegExp]>([
	['no station', { stationId: '' }, {}, 'stationId is missing', /Get Many/],
	['an ID that is a path', { stationId: '..' }, {}, 'stationId ".." is not an ID', /Enter the ID/],
	[
		'a need in words',
		{ needKwh: 'much' },
		{},
		'needKwh is "much", which is not a number',
		/in kWh/,
	],
	[
		'a need below 0',
		{ needKwh: -1 },
		{},
		'needKwh is -1, which is less than 0',
		/0 or more in kWh/,
	],
	['a departure', { departure: 'soon' }, {}, 'departure is "soon", which is not a time', /Enter/],
	['four phases', { numberPhases: 4 }, {}, 'numberPhases is 4, which is more than 3', /3 or less/],
	['half a car', { cars: 0.5 }, {}, 'cars is 0.5, which is not a whole number', /whole number/],
	[
		'a current',
		{ currentType: 'ac' },
		{},
		'currentType is "ac", which is not a valid option',
		/AC or DC/,
	],
	[
		'connectors',
		{ connectors: 'two' },
		{},
		'connectors is "two", which is not a list of connectors',
		/Get Many/,
	],
	[
		'connectors of null',
		{ connectors: [null] } as unknown as IDataObject,
		{},
		'connectors is a list with something other than objects, which is not a list of connectors',
		/Get Many/,
	],
	[
		'no need, but shares by need',
		{},
		{ share: 'need' },
		'needKwh is missing: how much energy the cars at S1 still need is not known',
		/Need Not Known \(kWh\)/,
	],
	[
		'a maximum below the least',
		{ maxPowerKw: 3.7 },
		{},
		'maxPowerKw is 3.7, but a car at S1 charges with 4.14 kW or more',
		/numberPhases/,
	],
	[
		'a maximum in A below the least',
		{ maxPowerA: 5 },
		inAmperes,
		'maxPowerA is 5, but a car at S1 charges with 6 A or more',
		/correct the maximum/,
	],
])('refuses %s, and names the item and the field', (_, item, parameters, message, fix) => {
	const refusal = refusalOf(() =>
		read(parameters, [
			{ stationId: 'S0', needKwh: 1 },
			{ stationId: 'S1', ...item },
		]),
	);
	expect(refusal).toMatchObject({ message, itemIndex: 1 });
	expect(refusal.description).toMatch(fix);
});

it('refuses a second item of a station', () => {
	const refusal = refusalOf(() => read({}, [{ stationId: 'S1' }, { stationId: 'S1' }]));
	expect(refusal).toMatchObject({ message: 'stationId S1 is also that of item 0', itemIndex: 1 });
});
