import type { IDataObject } from 'n8n-workflow';

import { byId } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';
import { chargingProfile } from '../unit/shared/charging/profiles.mts';
import { profileRunner, runProfileOperation } from '../support/smartChargingProfile.mts';

const DC = 'DEPOT-DC-1';
const CREDENTIAL = {};

const site = useSite();

const run = profileRunner(site);

/** What a build operation with the form's defaults outputs. */
const build = async (parameters: Record<string, unknown>): Promise<IDataObject[]> => {
	const { items } = await runProfileOperation('schedule:buildFromTariffHours', parameters, {
		credential: CREDENTIAL,
	});
	expect(items.length).toBeGreaterThan(0);
	return items.map(({ json }) => json);
};

const ids = (profiles: unknown) =>
	(profiles as Array<{ chargingProfile: IDataObject }>).map(
		({ chargingProfile }) => chargingProfile.id,
	);

it.each([
	['chargingStation:setProfile', {}],
	['connector:setProfile', { connectorId: byId(1) }],
] as const)(
	'%s sends what Build outputs, with no more than the target chosen',
	async (operation, target) => {
		const items = await build({});
		const parameters = { specifyProfile: undefined, stationId: byId(DC), ...target };
		const { items: outputs, error } = await run(operation, parameters, { items });
		expect(error).toBeUndefined();
		expect(outputs.map(({ json }) => json.response)).toEqual(items.map(() => 'Accepted'));
		const sent = (await site.messages(DC, 'SetChargingProfile')).map(({ payload }) => payload);
		expect(ids(sent)).toEqual(ids(items));
	},
);

it('names the item without a profile, and sends nothing', async () => {
	const [item] = await build({});
	const { error } = await run(
		'chargingStation:setProfile',
		{ specifyProfile: undefined, stationId: byId(DC) },
		{ items: [item, { chargingLimit: 5 }] },
	);
	expect(error?.message).toBe(
		'chargingProfile is missing: the item has no charging profile [item 1]',
	);
	expect(error?.description).toMatch(
		/^Connect this node behind Build .*Using Fields.* Nothing was sent for any item\.$/,
	);
	expect(await site.messages(DC, 'SetChargingProfile')).toEqual([]);
});

it('a Set that was saved before begins with the fields, as it did then', async () => {
	const { items } = await run(
		'chargingStation:setProfile',
		{ specifyProfile: undefined, stationId: byId(DC), startSchedule: '2026-01-15T17:00:00Z' },
		{ typeVersion: 1 },
	);
	expect(items[0].json).toMatchObject({ response: 'Accepted', chargingProfile: { id: 1 } });
});

describe('profiles that come together at a station', () => {
	const inWatts = (id: number) => ({
		chargingProfile: chargingProfile(
			{ id },
			{ chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 20_000 }] },
		) as unknown as IDataObject,
	});
	const [FIRST, SECOND] = [1, 2].map(inWatts);
	const set = (items: IDataObject[], parameters: Record<string, unknown> = {}, more: object = {}) =>
		run(
			'chargingStation:setProfile',
			{ specifyProfile: undefined, stationId: byId(DC), ...parameters },
			{ items, ...more },
		);
	const sent = async () =>
		ids((await site.messages(DC, 'SetChargingProfile')).map(({ payload }) => payload));

	it('are refused before anything is sent if the station would take only one of them', async () => {
		const { error } = await set([FIRST, SECOND]);
		expect(error?.message).toMatch(
			/^chargingProfile, stackLevel: Profile 1 \(item 0\) is a Transaction Default on stack level 0 too.* \(K01\.FR\.06\) \[item 1\]$/,
		);
		expect(error?.description).toMatch(/Send Anyway.* No command was sent\.$/);
		expect(await site.requests()).toEqual([]);
	});

	it('are sent with Send Anyway, which leaves the decision to the charger', async () => {
		const { items, error } = await set([FIRST, SECOND], {
			options: { sendAnyway: true, passRejected: true },
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.response)).toEqual(['Accepted', 'Rejected']);
		expect(items[0].json.warnings).toBeUndefined();
		expect(items[1].json.warnings).toEqual([
			expect.stringMatching(/^Sent anyway: .* Profile 1 \(item 0\) .* \(K01\.FR\.06\)\.$/),
		]);
	});

	it('fail one by one if the node continues', async () => {
		const { items } = await set([FIRST, SECOND], {}, { onError: 'continueRegularOutput' });
		expect(items.map(({ json }) => json.response ?? json.error)).toEqual([
			'Accepted',
			expect.stringContaining('K01.FR.06'),
		]);
		expect(await sent()).toEqual([1]);
	});

	it('are found at the stations of a location, too', async () => {
		const stations = { stations: 'several', stationIds: [DC] };
		const { error } = await set([FIRST, SECOND], stations);
		expect(error?.message).toContain('K01.FR.06');
		expect(await sent()).toEqual([]);
	});

	it('replace each other if they have one ID, with a warning', async () => {
		const { items, hints } = await set([FIRST, FIRST]);
		expect(items.map(({ json }) => json.response)).toEqual(['Accepted', 'Accepted']);
		expect(items[1].json.warnings).toEqual([
			expect.stringContaining('Profile 1 (item 0) has the same ID'),
		]);
		expect(hints).toEqual([expect.stringContaining('Profile 1 (item 0) has the same ID')]);
	});

	describe('by Charger Capacity', () => {
		const level = (id: number, stackLevel: number, changes: object = {}) => ({
			chargingProfile: { ...inWatts(id).chargingProfile, stackLevel, ...changes } as IDataObject,
		});
		const custom = (changes: IDataObject): IDataObject => ({
			options: { chargerCapacity: 'custom', ...changes },
		});

		it.each([
			[
				'a stack level',
				[level(1, 4)],
				{ options: { chargerCapacity: 'unknown' } },
				'chargingProfile, stackLevel: Is 4, and by Charger Capacity the highest is 3 (SmartChargingCtrlr.ProfileStackLevel) [item 0]',
			],
			[
				'a period',
				[
					level(1, 0, {
						chargingSchedule: [
							{
								...chargingProfile().chargingSchedule[0],
								chargingRateUnit: 'W',
								chargingSchedulePeriod: [0, 1, 2].map((hour) => ({
									startPeriod: hour * 3600,
									limit: 20_000 - hour * 1000,
								})),
							},
						],
					}),
				],
				custom({ capacityPeriods: 2 }),
				'chargingProfile, chargingSchedule[0].chargingSchedulePeriod: Has 3 periods, and by Charger Capacity at most 2 are allowed (SmartChargingCtrlr.PeriodsPerSchedule) [item 0]',
			],
			[
				'a profile',
				[
					level(1, 0),
					level(2, 1),
					{ ...level(3, 2), installedProfiles: [level(3, 2), level(4, 3)] },
				],
				custom({ capacityProfiles: 3 }),
				'chargingProfile: Is profile 4 on the charging station, and by Charger Capacity it takes 3. Clear profiles that are not needed first (SmartChargingCtrlr.Entries) [item 1]',
			],
			[
				'a profile that replaces another one as in OCPP 1.6',
				[
					level(1, 0, { validTo: '2099-01-01T00:00:00Z' }),
					level(2, 0, { validFrom: '2099-01-01T00:00:00Z' }),
				],
				{ options: { chargerCapacity: 'ocpp16' } },
				'chargingProfile, stackLevel: Replaces Profile 1 (item 0) on a charger of OCPP 1.6, which keeps one profile per purpose and stack level. Build the profiles for OCPP 1.6, or choose another stack level (OCPP 1.6 section 5.16.3) [item 1]',
			],
		])('%s too many is refused before anything is sent', async (_, items, parameters, message) => {
			const { error } = await set(items, parameters);
			expect(error?.message).toBe(message);
			expect(error?.description).toMatch(/Send Anyway.* No command was sent\.$/);
			expect(await site.requests()).toEqual([]);
		});

		it('is sent with Send Anyway, with a warning', async () => {
			const options = { chargerCapacity: 'custom', capacityLevels: 1, sendAnyway: true };
			const { items } = await set([level(1, 1)], { options });
			expect(items[0].json).toMatchObject({
				response: 'Accepted',
				warnings: [expect.stringMatching(/^Sent anyway: .*the highest is 0/)],
			});
		});

		it('a profile of the same level as an installed one may replace it on a charger of OCPP 1.6', async () => {
			await site.setCapacity(DC, { levels: 1, replacesBy: 'purposeAndStackLevel' });
			await set([level(1, 0)]);
			const { items } = await set([{ ...level(2, 0), installedProfiles: [level(1, 0)] }], {
				options: { chargerCapacity: 'ocpp16' },
			});
			expect(items[0].json.response).toBe('Accepted');
			const { profiles } = await site.station(DC);
			expect(profiles.map(({ profile }) => profile.id)).toEqual([2]);
		});
	});

	it('include those that the item says are installed', async () => {
		const { error } = await set([{ ...FIRST, installedProfiles: [SECOND] }]);
		expect(error?.message).toContain('Profile 2, which is installed, is a Transaction Default');
		const replacing = await set([{ ...FIRST, installedProfiles: [FIRST] }]);
		expect(replacing.items.map(({ json: { response, warnings } }) => [response, warnings])).toEqual(
			[['Accepted', undefined]],
		);
		const elsewhere = { ...SECOND, stationId: 'OFFICE-AC-3' };
		expect((await set([{ ...FIRST, installedProfiles: [elsewhere] }])).error).toBeUndefined();
	});

	it('are named if they cannot be read', async () => {
		const { error } = await set([{ ...FIRST, installedProfiles: ['x'] }]);
		expect(error?.message).toBe(
			'installedProfiles contains "x", which is not a charging profile [item 0]',
		);
	});
});
