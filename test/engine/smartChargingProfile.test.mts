import { byId } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';
import { profileRunner } from '../support/smartChargingProfile.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';

const site = useSite();

const run = profileRunner(site);

const arrived = async (stationId: string, action = 'SetChargingProfile') =>
	(await site.messages(stationId, action)).map(({ payload }) => payload);

const request = async (method: string) =>
	(await site.requests()).find((one) => one.method === method)!;

/** The ID of a connector's running transaction. */
const transactionOn = async (stationId: string) => {
	const { data } = await site.restClient.get<{ transactions: Array<{ txId: string }> }>(
		`/chargingStations/${stationId}/transactions`,
	);
	return data.transactions[0].txId;
};

const START = { startSchedule: '2026-01-15T17:00:00' };

describe('Charging Station: Set', () => {
	it('sends the profile of the fields, and the station draws less', async () => {
		await site.plugIn(AC3, 1);
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 15);

		const { items, hints } = await run('chargingStation:setProfile', {
			stationId: byId(AC3),
			...START,
			chargingRateUnit: 'A',
			periods: { period: [{ startPeriod: 0, limitA: 10 }] },
			options: { comment: 'Tariff peak' },
		});

		const profile = {
			id: 1,
			stackLevel: 0,
			chargingProfilePurpose: 'ChargingStationMaxProfile',
			chargingProfileKind: 'Absolute',
			chargingSchedule: [
				{
					id: 1,
					startSchedule: '2026-01-15T22:00:00Z',
					chargingRateUnit: 'A',
					chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
				},
			],
		};
		expect(items).toEqual([
			{
				json: {
					stationId: AC3,
					response: 'Accepted',
					message: 'The charger accepted the charging profile.',
					chargingProfile: { ...profile, meta: { comment: 'Tariff peak' } },
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(hints).toEqual([]);
		expect(await arrived(AC3)).toEqual([{ evseId: 0, chargingProfile: profile }]);
		expect(await request('PUT')).toMatchObject({
			path: `/api/chargingStations/${AC3}/chargingProfile`,
			query: { comment: 'Tariff peak' },
			body: { chargingProfile: { meta: { comment: 'Tariff peak' } } },
		});
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 6 && powerKw <= 7);
	});

	it('sends every field and option', async () => {
		await run('chargingStation:setProfile', {
			stationId: byId(DC),
			chargingProfilePurpose: 'TxDefaultProfile',
			chargingProfileKind: 'Recurring',
			recurrencyKind: 'Weekly',
			startSchedule: '2026-01-12T00:00:00+02:00',
			chargingRateUnit: 'W',
			periods: {
				period: [
					{ startPeriod: 0, limitW: 50000 },
					{ startPeriod: '3600', limitW: '20000.5', numberPhases: 1, phaseToUse: 2 },
				],
			},
			chargingProfileId: 7,
			stackLevel: 3,
			options: {
				customData: '{"vendorId": "com.example", "site": 4}',
				duration: 7200,
				minChargingRate: 4140,
				salesTariff: {
					id: 1,
					salesTariffEntry: [{ relativeTimeInterval: { start: 0 }, ePriceLevel: 1 }],
				},
				validFrom: '2026-01-12T00:00:00Z',
				validTo: '2026-03-01',
				whenNoCloudConnection: true,
				whenSessionNotAuthorized: false,
			},
		});

		const { body } = await request('PUT');
		expect(body).toEqual({
			chargingProfile: {
				id: 7,
				stackLevel: 3,
				chargingProfilePurpose: 'TxDefaultProfile',
				chargingProfileKind: 'Recurring',
				recurrencyKind: 'Weekly',
				validFrom: '2026-01-12T00:00:00Z',
				validTo: '2026-03-01T05:00:00Z',
				condition: { whenNoCloudConnection: true, whenSessionNotAuthorized: false },
				customData: { vendorId: 'com.example', site: 4 },
				chargingSchedule: [
					{
						id: 1,
						startSchedule: '2026-01-11T22:00:00Z',
						chargingRateUnit: 'W',
						duration: 7200,
						minChargingRate: 4140,
						salesTariff: {
							id: 1,
							salesTariffEntry: [{ relativeTimeInterval: { start: 0 }, ePriceLevel: 1 }],
						},
						chargingSchedulePeriod: [
							{ startPeriod: 0, limit: 50000 },
							{ startPeriod: 3600, limit: 20000.5, numberPhases: 1, phaseToUse: 2 },
						],
					},
				],
			},
		});
		expect(await arrived(DC)).toHaveLength(1);
	});

	it.each([
		[
			'text',
			'{"id":1,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Relative","chargingSchedule":[{"id":1,"chargingRateUnit":"W","chargingSchedulePeriod":[{"startPeriod":0,"limit":9000}]}]}',
		],
		['an object from an expression', '={{ $json.profile }}'],
		['the body of the API’s operation', '={{ { chargingProfile: $json.profile } }}'],
	])('sends a profile given as JSON: %s', async (_, profileJson) => {
		const profile = {
			id: 1,
			stackLevel: 0,
			chargingProfilePurpose: 'TxDefaultProfile',
			chargingProfileKind: 'Relative',
			chargingSchedule: [
				{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 9000 }] },
			],
		};
		const { items } = await run(
			'chargingStation:setProfile',
			{ stationId: byId(DC), specifyProfile: 'json', profileJson },
			{ items: [{ profile }] },
		);
		expect(items[0].json).toMatchObject({ response: 'Accepted', chargingProfile: profile });
		expect(await arrived(DC)).toEqual([{ evseId: 0, chargingProfile: profile }]);
	});

	it('takes times of expressions and in JSON in the workflow’s time zone', async () => {
		const { items } = await run('chargingStation:setProfile', {
			stationId: byId(DC),
			startSchedule: '={{ DateTime.fromISO("2026-07-01T12:00:00.5Z") }}',
			options: { validTo: '={{ DateTime.fromISO("2026-07-02T12:00:00Z") }}' },
		});
		expect(items[0].json.chargingProfile).toMatchObject({
			validTo: '2026-07-02T12:00:00Z',
			chargingSchedule: [{ startSchedule: '2026-07-01T12:00:00.500Z' }],
		});
		const fromJson = await run('chargingStation:setProfile', {
			stationId: byId(DC),
			specifyProfile: 'json',
			profileJson: {
				...(items[0].json.chargingProfile as object),
				validTo: '2026-07-02 08:00',
			},
		});
		expect(fromJson.items[0].json.chargingProfile).toEqual(
			items[0].json.chargingProfile && {
				...(items[0].json.chargingProfile as object),
			},
		);
	});

	it('takes periods as JSON, and 0 everywhere, with a warning about the effect of 0', async () => {
		const { items, hints } = await run('chargingStation:setProfile', {
			stationId: byId(DC),
			chargingProfilePurpose: 'TxDefaultProfile',
			chargingProfileKind: 'Relative',
			chargingRateUnit: 'W',
			specifyPeriods: 'json',
			periodsJson: '[{"startPeriod": 0, "limit": 0}, {"startPeriod": 60, "limit": 8000}]',
			chargingProfileId: 0,
			stackLevel: 0,
		});
		expect(await arrived(DC)).toMatchObject([
			{
				chargingProfile: {
					id: 0,
					stackLevel: 0,
					chargingSchedule: [{ chargingSchedulePeriod: [{ limit: 0 }, { limit: 8000 }] }],
				},
			},
		]);
		const warning = expect.stringMatching(/most AC cars pause, and 0 stops charging/) as string;
		expect(items[0].json.warnings).toEqual([warning]);
		expect(hints).toEqual([warning]);
	});

	it('warns about what OCPP leaves to external systems', async () => {
		const { status, hints } = await run('chargingStation:setProfile', {
			stationId: byId(DC),
			...START,
			chargingProfilePurpose: 'ChargingStationExternalConstraints',
		});
		expect(status).toBe('success');
		expect(hints).toEqual([
			expect.stringMatching(/^Purpose, chargingProfilePurpose: .*\(K01\.FR\.22\)\.$/),
		]);
	});

	it('sends a profile that breaks a rule only with Send Anyway, and reports the charger’s answer', async () => {
		const parameters = {
			stationId: byId(DC),
			...START,
			periods: { period: [{ startPeriod: 60, limitW: 9000 }] },
		};
		const refused = await run('chargingStation:setProfile', parameters);
		expect(refused.error?.message).toBe(
			'Start Period (S) of Period 1, chargingSchedule[0].chargingSchedulePeriod[0].startPeriod: The first period must start at 0 s, not at 60 s (K01.FR.31) [item 0]',
		);
		expect(refused.error?.description).toContain('Send Anyway');
		expect(await arrived(DC)).toEqual([]);

		const sent = await run('chargingStation:setProfile', {
			...parameters,
			options: { sendAnyway: true, passRejected: true },
		});
		expect(await arrived(DC)).toHaveLength(1);
		expect(sent.items[0].json).toMatchObject({
			response: 'Rejected',
			reasonCode: 'InvalidSchedule',
		});
		expect(sent.hints).toEqual([expect.stringMatching(/^Sent anyway: .*K01\.FR\.31/)]);
	});
});

describe('times', () => {
	const helsinki = { timezone: 'Europe/Helsinki' };

	it('are read in the workflow’s time zone, and are in UTC in the output', async () => {
		const { items } = await run(
			'chargingStation:setProfile',
			{ stationId: byId(DC), startSchedule: '={{ $json.start }}' },
			{ ...helsinki, items: [{ start: '2026-01-15T17:00:00' }, { start: '2026-07-15T17:00' }] },
		);
		const starts = ['2026-01-15T15:00:00Z', '2026-07-15T14:00:00Z'].map((startSchedule) => ({
			chargingProfile: { chargingSchedule: [{ startSchedule }] },
		}));
		expect(items.map(({ json }) => json)).toMatchObject(starts);
		expect(await arrived(DC)).toMatchObject(starts);
	});

	it.each([
		[
			'2026-03-29T03:30:00',
			'Start is 2026-03-29T03:30:00, which does not exist in Europe/Helsinki',
		],
		['2026-10-25T03:30:00', 'Start is 2026-10-25T03:30:00, which comes twice in Europe/Helsinki'],
	])('are not shifted by a clock change: %s', async (startSchedule, message) => {
		const { error } = await run(
			'chargingStation:setProfile',
			{ stationId: byId(DC), startSchedule },
			helsinki,
		);
		expect(error?.message).toContain(message);
		expect(await arrived(DC)).toEqual([]);
	});

	it('that recur cause a warning that they do not follow the clocks', async () => {
		const { hints } = await run(
			'chargingStation:setProfile',
			{ stationId: byId(DC), chargingProfileKind: 'Recurring', ...START },
			helsinki,
		);
		expect(hints).toEqual([
			expect.stringContaining('recurs in UTC, from 2026-01-15T15:00:00Z: it does not follow'),
		]);
	});
});

describe('Connector: Set', () => {
	it('limits the running transaction of one connector', async () => {
		await site.plugIn(AC3, 1);
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 15);
		const transactionId = await transactionOn(AC3);

		const { items } = await run('connector:setProfile', {
			stationId: byId(AC3),
			connectorId: byId('12'),
			chargingProfilePurpose: 'TxProfile',
			transactionId,
			chargingProfileKind: 'Relative',
			chargingRateUnit: 'W',
			periods: { period: [{ startPeriod: 0, limitW: 6900 }] },
		});

		expect(items[0].json).toMatchObject({
			stationId: AC3,
			connectorId: '12',
			response: 'Accepted',
		});
		expect(await arrived(AC3)).toEqual([
			{
				evseId: 1,
				chargingProfile: {
					id: 1,
					stackLevel: 0,
					chargingProfilePurpose: 'TxProfile',
					chargingProfileKind: 'Relative',
					transactionId,
					chargingSchedule: [
						{
							id: 1,
							chargingRateUnit: 'W',
							chargingSchedulePeriod: [{ startPeriod: 0, limit: 6900 }],
						},
					],
				},
			},
		]);
		expect(await request('PUT')).toMatchObject({
			path: `/api/chargingStations/${AC3}/evse/12/chargingProfile`,
		});
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 6 && powerKw <= 6.9);
	});

	it('leaves out fields that do not belong to the choice, even if the node still has their values', async () => {
		await run('connector:setProfile', {
			stationId: byId(DC),
			connectorId: byId('DEPOT-DC-1_connector2'),
			chargingProfilePurpose: 'TxDefaultProfile',
			transactionId: 'left-over',
			chargingProfileKind: 'Relative',
			recurrencyKind: 'Daily',
			...START,
			profileJson: '{"id": 99}',
			periods: {
				period: [{ startPeriod: 0, limitW: 20000, limitA: 20, numberPhases: 3, phaseToUse: 1 }],
			},
		});
		expect(await arrived(DC)).toEqual([
			{
				evseId: 2,
				chargingProfile: {
					id: 1,
					stackLevel: 0,
					chargingProfilePurpose: 'TxDefaultProfile',
					chargingProfileKind: 'Relative',
					chargingSchedule: [
						{
							id: 1,
							chargingRateUnit: 'W',
							chargingSchedulePeriod: [{ startPeriod: 0, limit: 20000, numberPhases: 3 }],
						},
					],
				},
			},
		]);
	});

	it('says why a charger refuses', async () => {
		const { error } = await run('connector:setProfile', {
			stationId: byId(DC),
			connectorId: byId(1),
			chargingProfilePurpose: 'TxProfile',
			transactionId: 'nothing-runs',
			chargingProfileKind: 'Relative',
		});
		expect(error).toMatchObject({
			message: `The charger refused to set the charging profile on connector 1 of ${DC} [item 0]`,
			description: expect.stringContaining('Reason: TxNotFound.') as string,
		});
	});
});
