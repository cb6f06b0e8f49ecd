import { byId } from '../support/chargerOperations.mts';
import { useSite } from '../support/site.mts';
import { profileRunner } from '../support/smartChargingProfile.mts';

const DC = 'DEPOT-DC-1';

const site = useSite();

const run = profileRunner(site);

const START = { startSchedule: '2026-01-15T17:00:00' };

describe('bad input', () => {
	const good = { stationId: byId(DC), ...START };
	const set = 'chargingStation:setProfile';

	it.each<[Parameters<typeof run>[0], Record<string, unknown>, string]>([
		[
			set,
			{ periods: { period: [{ startPeriod: 0, limitW: '={{ "16 A" }}' }] } },
			'Limit (W) of Period 1 is "16 A", which is not a number',
		],
		[
			'connector:setProfile',
			{
				connectorId: byId(1),
				chargingProfilePurpose: '={{ "ChargingStationMaxProfile" }}',
				transactionId: '={{ "" }}',
			},
			'A profile of the purpose Charging Station Maximum (ChargingStationMaxProfile) is for the whole station, not for connector 1 (K01.FR.38)',
		],
		[
			'chargingStation:clearProfile',
			{ criteria: { chargingProfileId: 1, chargingProfilePurpose: '={{ null }}' } },
			'Purpose is empty: without this criterion more profiles would be cleared',
		],
		[
			'connector:clearProfile',
			{ connectorId: byId(1) },
			'Criteria is empty: no profiles are chosen to be cleared',
		],
	])('%s with %j: %s', async (operation, parameters, message) => {
		const { status, error, everything } = await run(operation, { ...good, ...parameters });
		expect(status).toBe('error');
		expect(error?.message).toContain(message);
		expect(error?.message).toMatch(/ \[item 0\]$/);
		expect(error?.description).toMatch(/Nothing was sent\.$/);
		expect(everything).not.toContain(site.accessToken);
		expect(await site.requests()).toEqual([]);
	});

	it('is reported with its item, and nothing is sent for the good items before it', async () => {
		const { error } = await run(
			set,
			{ ...good, startSchedule: '={{ $json.start }}' },
			{ items: [{ start: START.startSchedule }, { start: 'noon' }] },
		);
		expect(error).toMatchObject({
			message: 'Start is "noon", which is not a time [item 1]',
			description: expect.stringContaining('Nothing was sent for any item.') as string,
		});
		expect(await site.requests()).toEqual([]);
	});
});
