import type { IDataObject } from 'n8n-workflow';

import { byId } from '../../test/support/byId.mts';

/** The IDs of the sandbox's transactions while the operations run; together they have every field. */
export interface Transactions {
	/** Charges a car that says how full it is. */
	charging: string;
	/** Was started with a reference. */
	referenced: string;
	ended: string;
}

/** What an operation is run with; the other parameters have their defaults. */
export interface Run {
	parameters?: Record<string, unknown>;
	/** The input; one empty item if none is given. */
	items?: IDataObject[];
}

const station = { stationId: byId('DEPOT-DC-1') };
const connector = { ...station, connectorId: byId('1') };
const limit = { limitValue: 9 };

const PRICES = Array.from({ length: 24 }, (_, hour) => ({
	start: new Date(Date.UTC(2099, 0, 1, hour)).toISOString(),
	price: hour % 7,
}));

const startSchedule = '2099-01-01T00:00:00Z';

/** A profile for one day. */
const chargingProfile = {
	id: 1,
	stackLevel: 0,
	chargingProfilePurpose: 'TxDefaultProfile',
	chargingProfileKind: 'Absolute',
	validFrom: '2099-01-01T00:00:00Z',
	validTo: '2099-01-02T00:00:00Z',
	chargingSchedule: [
		{
			id: 1,
			startSchedule,
			duration: 86_400,
			chargingRateUnit: 'W',
			chargingSchedulePeriod: [
				{ startPeriod: 0, limit: 11_000 },
				{ startPeriod: 21_600, limit: 4200 },
			],
		},
	],
};

/**
 * How each operation is run to see its output fields, by node and `resource/operation`, in this order: what is cleared has
 * been set before.
 */
export const RUNS: Record<string, Record<string, (transactions: Transactions) => Run[]>> = {
	chargerOperations: {
		'chargingStation/setPowerLimit': () => [{ parameters: { ...station, ...limit } }],
		'chargingStation/clearPowerLimit': () => [{ parameters: station }],
		'chargingStation/get': () => [{ parameters: station }],
		'chargingStation/getAll': () => [{}],
		'connector/setPowerLimit': () => [{ parameters: { ...connector, ...limit } }],
		'connector/clearPowerLimit': () => [{ parameters: connector }],
		'connector/changeAvailability': () => [{ parameters: connector }],
		'chargingStation/restart': () => [{ parameters: { ...station, restartType: 'OnIdle' } }],
	},
	smartChargingProfile: {
		'chargingStation/setProfile': () => [
			{ parameters: { ...station, startSchedule }, items: [{ chargingProfile }] },
		],
		'chargingStation/clearProfile': () => [
			{ parameters: { ...station, criteria: { stackLevel: 0 } } },
		],
		'connector/setProfile': () => [
			{ parameters: { ...connector, startSchedule }, items: [{ chargingProfile }] },
		],
		'connector/clearProfile': () => [{ parameters: { ...connector, criteria: { stackLevel: 0 } } }],
		'schedule/buildFromTariffHours': () => [
			{ parameters: { outside: 'limit', limitOutsideKw: 50, options: { start: '2099-01-01' } } },
			{
				parameters: {
					outside: 'limit',
					limitOutsideKw: 50,
					options: {
						start: '2099-01-01',
						holidays: '2099-01-06',
						startDelayMinutes: 10,
						startDelayStation: 'DEPOT-DC-1',
					},
				},
			},
		],
		'schedule/buildFromPrices': () => [
			{
				parameters: {
					departure: '2099-01-02T00:00:00Z',
					energyAs: 'battery',
					options: { startDelayMinutes: 10, startDelayStation: 'DEPOT-DC-1' },
				},
				items: PRICES,
			},
			{ parameters: { rule: 'priceBands' }, items: PRICES },
		],
		'schedule/preview': () => [
			{ parameters: { start: startSchedule }, items: [{ chargingProfile }] },
		],
		'schedule/validate': () => [
			{ items: [{ chargingProfile: { ...chargingProfile, stackLevel: -1 } }] },
		],
		'schedule/shareSiteLimit': () => [
			{ parameters: { siteLimitKw: 6 }, items: [{ stationId: 'A' }, { stationId: 'B' }] },
		],
	},
	transaction: {
		// The second was started before.
		'transaction/start': () => [
			{
				parameters: {
					...station,
					connectorId: byId('DEPOT-DC-1_connector2'),
					authorizationReference: 'pay_2',
				},
			},
			{
				parameters: {
					stationId: byId('OFFICE-AC-1'),
					connectorId: byId('1'),
					authorizationReference: 'pay_1',
				},
			},
		],
		'transaction/get': ({ charging, referenced, ended }) =>
			[charging, referenced, ended].map((txId) => ({ parameters: { txId: byId(txId) } })),
		'transaction/getAll': () => [{}],
		'transaction/setPowerLimit': () => [
			{ parameters: { transactionBy: 'connector', ...connector, ...limit } },
		],
		'transaction/clearPowerLimit': () => [
			{ parameters: { transactionBy: 'connector', ...connector } },
		],
		'transaction/stop': () => [{ parameters: { transactionBy: 'connector', ...connector } }],
	},
};
