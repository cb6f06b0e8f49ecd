import { byId } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';
import { profileRunner } from '../support/smartChargingProfile.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';

/** A connector of the DC station whose ID is not a number. */
const RIGHT = 'DEPOT-DC-1_connector2';

const site = useSite();

const run = profileRunner(site);

const arrived = async (stationId: string, action = 'SetChargingProfile') =>
	(await site.messages(stationId, action)).map(({ payload }) => payload);

const START = { startSchedule: '2026-01-15T17:00:00' };

describe('Clear', () => {
	/** Puts profiles with IDs 1 (station), 2 (connector 2, whose ID is a text) and 3 (connector 1, stack level 5) on the DC station. */
	const fill = async () => {
		const relative = { stationId: byId(DC), chargingProfileKind: 'Relative' };
		await run('chargingStation:setProfile', { stationId: byId(DC), ...START });
		await run('connector:setProfile', {
			...relative,
			connectorId: byId(RIGHT),
			chargingProfileId: 2,
		});
		await run('connector:setProfile', {
			...relative,
			connectorId: byId(1),
			chargingProfileId: 3,
			stackLevel: 4,
		});
		expect(await arrived(DC)).toHaveLength(3);
	};
	const clear = async (id: number) =>
		(
			await run('chargingStation:clearProfile', {
				stationId: byId(DC),
				criteria: { chargingProfileId: id },
			})
		).items[0].json.response;

	it('restores the power by ID', async () => {
		await site.plugIn(AC3, 1);
		await run('chargingStation:setProfile', {
			stationId: byId(AC3),
			...START,
			chargingRateUnit: 'A',
			periods: { period: [{ startPeriod: 0, limitA: 8 }] },
		});
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 0 && powerKw < 6);

		const { items } = await run('chargingStation:clearProfile', {
			stationId: byId(AC3),
			criteria: { chargingProfileId: '1' },
		});

		expect(items[0].json).toEqual({
			stationId: AC3,
			response: 'Accepted',
			message: 'The charger cleared the matching charging profiles.',
			chargingProfileId: 1,
		});
		expect(await arrived(AC3, 'ClearChargingProfile')).toEqual([{ chargingProfileId: 1 }]);
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 15);
	});

	it('takes criteria, and connector 0 as the whole station', async () => {
		await fill();
		const { items } = await run('chargingStation:clearProfile', {
			stationId: byId(DC),
			criteria: { evseId: 0, stackLevel: 0, chargingProfilePurpose: 'ChargingStationMaxProfile' },
		});
		expect(items[0].json).toMatchObject({ response: 'Accepted' });
		expect(await arrived(DC, 'ClearChargingProfile')).toEqual([
			{
				chargingProfileCriteria: {
					chargingProfilePurpose: 'ChargingStationMaxProfile',
					evseId: 0,
					stackLevel: 0,
				},
			},
		]);
		expect([await clear(1), await clear(2), await clear(3)]).toEqual([
			'Unknown',
			'Accepted',
			'Accepted',
		]);
	});

	it('clears the profiles of one connector that match', async () => {
		await fill();
		const { items } = await run('connector:clearProfile', {
			stationId: byId(DC),
			connectorId: byId(1),
			criteria: { stackLevel: 4 },
		});
		expect(items[0].json).toMatchObject({ stationId: DC, connectorId: '1', response: 'Accepted' });
		expect(await arrived(DC, 'ClearChargingProfile')).toEqual([
			{ chargingProfileCriteria: { evseId: 1, stackLevel: 4 } },
		]);
		expect([await clear(1), await clear(2), await clear(3)]).toEqual([
			'Accepted',
			'Accepted',
			'Unknown',
		]);
	});

	it('identifies a connector by ChargEye’s number', async () => {
		const at = { stationId: byId(AC3), connectorId: byId(12) };
		await run('connector:setProfile', { ...at, chargingProfileKind: 'Relative' });
		const { items } = await run('connector:clearProfile', { ...at, criteria: { stackLevel: 0 } });
		expect(items[0].json).toMatchObject({ connectorId: '12', response: 'Accepted' });
		const [{ body }] = (await site.requests()).filter(({ method }) => method === 'DELETE');
		expect(body).toEqual({ chargingProfileCriteria: { stackLevel: 0, evseId: 12 } });
	});

	it('refuses a connector whose ID is not a number, which OCPP cannot express', async () => {
		const { error } = await run('connector:clearProfile', {
			stationId: byId(DC),
			connectorId: byId(RIGHT),
			criteria: { stackLevel: 4 },
		});
		expect(error?.message).toBe(
			`Connector "${RIGHT}" has no number, and OCPP needs a number to clear the profiles of one connector [item 0]`,
		);
		expect(error?.description).toMatch(/^Use Clear of the charging station instead/);
		expect(await site.requests()).toEqual([]);
	});

	it.each([
		[
			'chargingStation:clearProfile',
			{},
			{ chargingProfileCriteria: {} },
			['Unknown', 'Unknown', 'Unknown'],
		],
		[
			'connector:clearProfile',
			{ connectorId: byId(1) },
			{ chargingProfileCriteria: { evseId: 1 } },
			['Accepted', 'Accepted', 'Unknown'],
		],
	] as const)('clears everything with the switch (%s)', async (operation, where, sent, left) => {
		await fill();
		const { items } = await run(operation, { stationId: byId(DC), ...where, clearAll: true });
		expect(items[0].json).toMatchObject({ stationId: DC, response: 'Accepted' });
		expect(await arrived(DC, 'ClearChargingProfile')).toEqual([sent]);
		expect([await clear(1), await clear(2), await clear(3)]).toEqual(left);
	});

	it.each([
		[
			'chargingStation:clearProfile',
			{
				criteria: {
					chargingProfileId: 2,
					evseId: 1,
					customData: '{ "vendorId": "com.example", "force": true }',
				},
			},
		],
		[
			'connector:clearProfile',
			{
				connectorId: byId(1),
				criteria: {
					chargingProfileId: '2',
					customData: '={{ { vendorId: "com.example", force: true } }}',
				},
			},
		],
	] as const)('sends an ID together with criteria and vendor data (%s)', async (operation, how) => {
		await fill();
		const { items } = await run(operation, { stationId: byId(DC), ...how });
		expect(items[0].json).toMatchObject({ response: 'Accepted', chargingProfileId: 2 });
		const [request] = (await site.requests()).filter(({ method }) => method === 'DELETE');
		expect(request.body).toEqual({
			chargingProfileId: 2,
			chargingProfileCriteria: {
				evseId: 1,
				customData: { vendorId: 'com.example', force: true },
			},
		});
	});

	it('clears everything with the switch if an AI agent left the criteria empty', async () => {
		await fill();
		const { items } = await run('chargingStation:clearProfile', {
			stationId: byId(DC),
			clearAll: '={{ true }}',
			criteria: { chargingProfileId: '={{ null }}', stackLevel: '={{ "" }}' },
		});
		expect(items[0].json).toMatchObject({ response: 'Accepted' });
		expect(await arrived(DC, 'ClearChargingProfile')).toEqual([{ chargingProfileCriteria: {} }]);
	});

	it('succeeds if nothing matches, and says so', async () => {
		const { status, items } = await run('chargingStation:clearProfile', {
			stationId: byId(DC),
			criteria: { chargingProfileId: 0 },
		});
		expect(status).toBe('success');
		expect(items[0].json).toMatchObject({
			response: 'Unknown',
			message: 'The charger has no such charging profile: there was nothing to clear.',
		});
	});
});
