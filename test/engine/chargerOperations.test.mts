import type { IDataObject } from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { until } from '../../host/support/until.mts';
import { byId, runOperation, type RunOptions } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

const site = useSite();

const run = (
	operation: Parameters<typeof runOperation>[0],
	parameters: Record<string, unknown>,
	options: Partial<RunOptions> = {},
) =>
	runOperation(operation, parameters, {
		credential: credentialsFor(site).accessToken(),
		...options,
	});

describe('Set Power Limit', () => {
	it('lowers the station’s power, and says that the charger accepted', async () => {
		await site.plugIn(AC3, 1);
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 15);

		const { items } = await run('chargingStation:setPowerLimit', {
			stationId: byId(AC3),
			limitType: 'acMaxPowerKw',
			limitValue: 8.1,
		});

		expect(items).toEqual([
			{
				json: {
					stationId: AC3,
					limit: { acMaxPowerKw: 8.1 },
					response: 'Accepted',
					message: 'The charger accepted the power limit.',
				},
				pairedItem: { item: 0 },
			},
		]);
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 7 && powerKw <= 8.1);
		const [message] = await site.messages(AC3, 'SetChargingProfile');
		expect(message.payload).toMatchObject({
			evseId: 0,
			chargingProfile: {
				chargingProfilePurpose: 'ChargingStationMaxProfile',
				chargingSchedule: [{ chargingSchedulePeriod: [{ startPeriod: 0 }] }],
			},
		});
	});

	it('limits one connector, with the options that the API allows', async () => {
		const { items } = await run('connector:setPowerLimit', {
			stationId: byId(DC),
			connectorId: byId('DEPOT-DC-1_connector2'),
			limitType: 'dcMaxPowerKw',
			limitValue: '50',
			options: { comment: 'Tariff peak', stackLevel: 0, chargingProfileId: 3000, acMaxPowerKw: 60 },
		});

		expect(items[0].json).toEqual({
			stationId: DC,
			connectorId: 'DEPOT-DC-1_connector2',
			limit: { dcMaxPowerKw: 50, acMaxPowerKw: 60 },
			comment: 'Tariff peak',
			stackLevel: 0,
			chargingProfileId: 3000,
			response: 'Accepted',
			message: 'The charger accepted the power limit.',
		});
		const [message] = await site.messages(DC, 'SetChargingProfile');
		expect(message.payload).toMatchObject({
			evseId: 2,
			chargingProfile: { id: 3000, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile' },
		});
		const request = (await site.requests()).find(({ method }) => method === 'PUT');
		expect(request).toMatchObject({
			path: `/api/chargingStations/${DC}/evse/DEPOT-DC-1_connector2/powerLimit`,
			query: { comment: 'Tariff peak', stackLevel: '0', chargingProfileId: '3000' },
			body: { limit: { dcMaxPowerKw: 50, acMaxPowerKw: 60 } },
		});
	});

	it('takes 0, which stops charging, and warns about it', async () => {
		await site.plugIn(AC1, 1);
		await site.waitForPower(AC1, 1, (powerKw) => powerKw > 1);

		const { items, hints } = await run('connector:setPowerLimit', {
			stationId: byId(AC1),
			connectorId: byId(1),
			limitType: 'acMaxPowerA',
			limitValue: 0,
		});

		expect(items[0].json).toMatchObject({ limit: { acMaxPowerA: 0 }, response: 'Accepted' });
		expect(hints).toEqual([expect.stringMatching(/Below 6 A per phase .* most AC cars pause/)]);
		await site.waitForPower(AC1, 1, (powerKw) => powerKw === 0);
	});

	it.each([1.38, 3.68, 4.14, 7.25, 22.08, 0.001])('takes %d kW', async (limitValue) => {
		const { items, hints } = await run('chargingStation:setPowerLimit', {
			stationId: byId(AC3),
			limitType: 'acMaxPowerKw',
			limitValue,
			options: { dryRun: true, dcMaxPowerKw: limitValue },
		});
		expect(items[0].json.body).toEqual({
			limit: { acMaxPowerKw: limitValue, dcMaxPowerKw: limitValue },
		});
		expect(hints).toHaveLength(limitValue < 1.38 ? 1 : 0);
	});

	it('takes no condition if an expression gives Always', async () => {
		const { items } = await run('chargingStation:setPowerLimit', {
			stationId: byId(AC3),
			limitType: 'acMaxPowerKw',
			limitValue: 8,
			options: { condition: '={{ "always" }}', dryRun: true },
		});
		expect(items[0].json.url).toMatch(/\/powerLimit$/);
	});

	it('pairs every output item with its input item', async () => {
		const { items } = await run(
			'chargingStation:setPowerLimit',
			{
				stationId: byId('={{ $json.station }}'),
				limitType: 'acMaxPowerKw',
				limitValue: '={{ $json.kw }}',
			},
			{
				items: [
					{ station: AC1, kw: 3 },
					{ station: DC, kw: '60.5' },
					{ station: AC3, kw: 11 },
				],
			},
		);
		expect(items.map(({ json, pairedItem }) => [json.stationId, json.limit, pairedItem])).toEqual([
			[AC1, { acMaxPowerKw: 3 }, { item: 0 }],
			[DC, { acMaxPowerKw: 60.5 }, { item: 1 }],
			[AC3, { acMaxPowerKw: 11 }, { item: 2 }],
		]);
	});
});

describe('Clear Power Limit', () => {
	it('restores the power', async () => {
		await site.plugIn(AC3, 1);
		await run('connector:setPowerLimit', {
			stationId: byId(AC3),
			connectorId: byId(12),
			limitType: 'acMaxPowerA',
			limitValue: 8,
		});
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 0 && powerKw < 6);

		const { items } = await run('connector:clearPowerLimit', {
			stationId: byId(AC3),
			connectorId: byId(12),
		});

		expect(items[0].json).toEqual({
			stationId: AC3,
			connectorId: '12',
			response: 'Accepted',
			message: 'The charger cleared the power limit.',
		});
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 15);
	});

	it('succeeds if there is nothing to clear, and says so', async () => {
		const { status, items } = await run('chargingStation:clearPowerLimit', {
			stationId: byId(AC1),
		});
		expect(status).toBe('success');
		expect(items[0].json).toEqual({
			stationId: AC1,
			response: 'Unknown',
			message: 'The charger has no such power limit: there was nothing to clear.',
		});
	});
});

describe('Change Availability', () => {
	it('takes an idle connector out of service and back', async () => {
		const connector = { stationId: byId(AC1), connectorId: byId(1) };
		const out = await run('connector:changeAvailability', {
			...connector,
			availability: 'Inoperative',
			disableTextReason: 'Back on Monday',
		});
		expect(out.items[0].json).toEqual({
			stationId: AC1,
			connectorId: '1',
			type: 'Inoperative',
			disableTextReason: 'Back on Monday',
			response: 'Accepted',
			message: 'The charger has changed the availability.',
		});
		await site.waitForConnector(AC1, 1, 'Unavailable');

		await run('connector:changeAvailability', { ...connector, availability: 'Operative' });
		await site.waitForConnector(AC1, 1, 'Available');
	});

	it('is scheduled while a transaction is running', async () => {
		await site.plugIn(AC1, 1);
		await site.waitForPower(AC1, 1, (powerKw) => powerKw > 1);
		const { status, items } = await run('connector:changeAvailability', {
			stationId: byId(AC1),
			connectorId: byId(1),
			availability: 'Inoperative',
		});
		expect(status).toBe('success');
		expect(items[0].json).toMatchObject({
			response: 'Scheduled',
			message: expect.stringContaining('takes effect when the running transaction ends') as string,
		});
	});
});

describe('Restart', () => {
	it('restarts an idle station at once', async () => {
		const { items } = await run('chargingStation:restart', {
			stationId: byId(AC1),
			restartType: 'Immediate',
		});
		expect(items[0].json).toEqual({
			stationId: AC1,
			type: 'Immediate',
			response: 'Accepted',
			message: 'The charger restarts now.',
		});
		const [reset] = await site.messages(AC1, 'Reset');
		expect(reset.payload).toEqual({ type: 'Immediate' });
	});

	it('waits for the end of a transaction if asked to', async () => {
		await site.plugIn(AC1, 1);
		await site.waitForPower(AC1, 1, (powerKw) => powerKw > 1);
		const { items } = await run('chargingStation:restart', {
			stationId: byId(AC1),
			restartType: 'OnIdle',
		});
		expect(items[0].json.response).toBe('Scheduled');
	});
});

describe('Get and Get Many', () => {
	it('gets one station, simplified', async () => {
		const { items } = await run('chargingStation:get', {
			stationId: byId(DC),
			output: 'simplified',
		});
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({
			stationId: DC,
			status: 'Operative',
			onlineStatus: 'Online',
			connectors: [
				{ connectorId: '1', status: 'Available' },
				{ connectorId: 'DEPOT-DC-1_connector2', status: 'Available' },
			],
		});
		expect(Object.keys(items[0].json).length).toBeLessThanOrEqual(10);
	});

	it('says what limits a car that charges', async () => {
		const limitedBy = async () => {
			const { items } = await run('chargingStation:get', { stationId: byId(AC1) });
			const [connector] = items[0].json.connectors as IDataObject[];
			return connector.limitedBy;
		};
		await site.plugIn(AC1, 1);
		await site.waitForPower(AC1, 1, (kw) => kw > 1);
		await run('connector:setPowerLimit', {
			stationId: byId(AC1),
			connectorId: byId('1'),
			limitType: 'acMaxPowerA',
			limitValue: 8,
		});
		const limited = await until('the limitation Grid', 20, async () => {
			const limits = (await limitedBy()) as IDataObject;
			return limits.powerLimitation === 'Grid' ? limits : undefined;
		});
		expect(limited).toMatchObject({
			summary: 'A power limit, a charging profile or the grid connection limits it.',
			schedulePlan: null,
		});
	});

	it('outputs the API’s answer, or the chosen fields and the ID', async () => {
		const raw = await run('chargingStation:get', { stationId: byId(DC), output: 'raw' });
		expect(Object.keys(raw.items[0].json)).toEqual(
			expect.arrayContaining(['location', 'maxPowerA']),
		);
		const selected = await run('chargingStation:get', {
			stationId: byId(DC),
			output: 'selected',
			selectedFields: ['name', 'locationName', 'maxPowerKw'],
		});
		expect(Object.keys(selected.items[0].json)).toEqual([
			'locationName',
			'maxPowerKw',
			'name',
			'stationId',
		]);
	});

	it('outputs further fields by their names, as workflows of former versions give them', async () => {
		const { items, hints } = await run('chargingStation:get', {
			stationId: byId(DC),
			output: 'selected',
			outputFields: 'name, maxPowerKw',
		});
		expect(Object.keys(items[0].json)).toEqual(['name', 'maxPowerKw', 'stationId']);
		expect(hints).toEqual([]);
	});

	it.each(['get', 'getAll'])(
		'%s says which chosen fields are not in the answer',
		async (operation) => {
			const { items, hints } = await run(`chargingStation:${operation}`, {
				stationId: byId(DC),
				output: 'selected',
				selectedFields: ['name'],
				outputFields: "={{ 'serial' + ', maxPower' }}",
			});
			expect(items[0].json).toEqual({
				name: expect.any(String) as string,
				stationId: expect.any(String) as string,
			});
			expect(hints).toEqual([
				'Not in ChargEye’s answer: serial, maxPower. Output Raw shows all fields and how they are spelt.',
			]);
		},
	);

	it.each([
		[{ selectedFields: [] }, /^Fields is empty/, 'name one in Further Fields'],
		[
			{ selectedFields: '={{ ["name", "serial"] }}' },
			/^Fields is "serial", which is not a valid option/,
			'Names that are not in the list go into Further Fields.',
		],
	])('refuses %j', async (parameters, message, fix) => {
		const station = { stationId: byId(DC), output: 'selected' };
		const { error } = await run('chargingStation:get', { ...station, ...parameters });
		expect(error?.message).toMatch(message);
		expect(error?.description).toContain(fix);
	});

	it('says that a station does not exist', async () => {
		const { error } = await run('chargingStation:get', { stationId: byId('NOWHERE') });
		expect(error).toMatchObject({
			message: 'ChargEye knows no charging station NOWHERE [item 0]',
			description: expect.stringContaining('Choose it from the list') as string,
		});
	});

	it('gets many stations: all, up to a limit, or filtered', async () => {
		const ids = async (parameters: Record<string, unknown>) =>
			(await run('chargingStation:getAll', parameters)).items.map(({ json }) => json.stationId);
		const all = await ids({ returnAll: true });
		expect(all).toEqual(expect.arrayContaining([DC, AC1, AC3]));
		expect(await ids({ returnAll: false, limit: 2 })).toHaveLength(2);
		expect(await ids({ returnAll: true, filters: { onlineStatus: 'Offline' } })).toEqual([]);
		const { items } = await run('chargingStation:get', { stationId: byId(DC), output: 'raw' });
		expect(
			await ids({ returnAll: true, filters: { locationUid: byId(items[0].json.locationUid) } }),
		).toEqual([DC]);
	});

	it('pairs the items of one look-up with their input item', async () => {
		const { items } = await run('chargingStation:getAll', { returnAll: true }, { items: [{}, {}] });
		expect(items.map(({ json, pairedItem }) => [json.stationId, pairedItem])).toEqual(
			[0, 1].flatMap((item) => [DC, AC3, AC1].map((stationId) => [stationId, { item }])),
		);
	});
});
