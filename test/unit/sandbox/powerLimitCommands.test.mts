import type { RPCClient } from 'ocpp-rpc';
import type { ChargingProfile } from '../../../nodes/shared/charging/profile/profile.ts';
import { until } from '../../../host/support/until.mts';
import { PowerLimitCommands } from '../../../sandbox/csms/commands.mts';
import type { ConnectedStation } from '../../../sandbox/csms/connectedStation.mts';
import type { LimitOptions, LimitTarget } from '../../../sandbox/csms/setLimits.mts';
import { STATIONS } from '../../../sandbox/fleet.mts';
import { boot, otherStation, startCsms, TIME } from '../../support/otherStation.mts';

const [DC] = STATIONS;
const STATION: LimitTarget = { kind: 'station' };
const FIRST: LimitTarget = { kind: 'connector', evseId: 1 };
const SECOND: LimitTarget = { kind: 'connector', evseId: 2 };

/** The charging profiles that a station of another make holds, by ID as OCPP says, with their EVSEs. */
const held = new Map<number, { evseId: number; chargingProfile: ChargingProfile }>();

let sandbox: Awaited<ReturnType<typeof startCsms>>;
let other: RPCClient;
let station: ConnectedStation;
let commands: PowerLimitCommands;
/** How the station answers SetChargingProfile. */
let answer: () => Promise<object>;

beforeEach(async () => {
	held.clear();
	answer = () => Promise.resolve({ status: 'Accepted' });
	sandbox = await startCsms({ answerTimeoutMs: 500 });
	commands = new PowerLimitCommands(sandbox.csms, sandbox.clock);
	station = sandbox.csms.stations.get(DC.stationId)!;
	other = otherStation(sandbox.endpoint, DC.stationId);
	other.handle('SetChargingProfile', async ({ params }) => {
		const request = params as { evseId: number; chargingProfile: ChargingProfile };
		const answered = await answer();
		held.set(request.chargingProfile.id, request);
		return answered;
	});
	other.handle('ClearChargingProfile', ({ params }) => {
		const { chargingProfileId } = params as { chargingProfileId: number };
		return Promise.resolve({ status: held.delete(chargingProfileId) ? 'Accepted' : 'Unknown' });
	});
	await boot(other);
});

afterEach(async () => {
	await other.close({ force: true });
	await sandbox.close();
});

const set = async (target: LimitTarget, kw: number, options: LimitOptions = {}) =>
	await commands.set(station, target, { dcMaxPowerKw: kw }, options);
const statusOf = async (command: Promise<{ status: string }>) => (await command).status;
const clear = (target: LimitTarget) => statusOf(commands.clear(station, target));
const limits = () =>
	[...held.values()].map(({ evseId, chargingProfile: { id, chargingSchedule } }) => [
		id,
		evseId,
		...chargingSchedule[0].chargingSchedulePeriod.map(({ limit }) => limit / 1000),
	]);
const idOf = (target: LimitTarget) => station.limits.of(target)[0].profileId;

const report = (transactionId: string, seqNo: number, evseId: number, event: object = {}) =>
	other.call('TransactionEvent', {
		eventType: seqNo === 0 ? 'Started' : 'Updated',
		triggerReason: 'ChargingStateChanged',
		timestamp: TIME,
		seqNo,
		evse: { id: evseId },
		transactionInfo: { transactionId, chargingState: 'Charging' },
		...event,
	});
const soon = (what: string, condition: () => boolean) =>
	until(what, 5, () => (condition() ? true : undefined));

describe('a limit with a delay', () => {
	it('keeps the one that applies at once, on a connector', async () => {
		await set(FIRST, 60);
		await set(FIRST, 30, { relativeDelay: 600 });
		expect(limits()).toEqual([[idOf(FIRST), 1, 60, 30]]);
		await set(FIRST, 50);
		expect(limits()).toEqual([[idOf(FIRST), 1, 50, 30]]);
		expect(await clear(FIRST)).toBe('Accepted');
		expect(limits()).toEqual([]);
	});

	it('is shared by the sessions of a station, keeps the one in force, and starts with their charging', async () => {
		await set(STATION, 40);
		await set(STATION, 20, { relativeDelay: 600 });
		const starts = () =>
			[...held.values()].map(
				({ chargingProfile: { chargingProfilePurpose, chargingSchedule } }) => [
					chargingProfilePurpose,
					chargingSchedule[0].startSchedule,
					chargingSchedule[0].chargingSchedulePeriod,
				],
			);
		const periods = [
			{ startPeriod: 0, limit: 40_000 },
			{ startPeriod: 600, limit: 20_000 },
		];
		expect(starts()).toEqual([['ChargingStationMaxProfile', TIME, periods]]);
		await report('a', 0, 1, { timestamp: '2026-03-01T10:05:00Z' });
		await report('b', 0, 2, { timestamp: '2026-03-01T10:07:00Z' });
		await soon('the new start', () => starts()[0][1] === '2026-03-01T10:05:00.000Z');
		expect(starts()).toEqual([['ChargingStationMaxProfile', '2026-03-01T10:05:00.000Z', periods]]);
	});
});

describe('clearing a limit', () => {
	it('leaves a limit that another target has under the same ID', async () => {
		await set(FIRST, 60, { chargingProfileId: 7 });
		await set(SECOND, 50, { chargingProfileId: 7 });
		expect(await clear(FIRST)).toBe('Unknown');
		expect(limits()).toEqual([[7, 2, 50]]);
	});

	it('of a transaction that has ended leaves the limit of the next one', async () => {
		const ofTransaction = (txId: string): LimitTarget => ({ kind: 'transaction', evseId: 1, txId });
		await report('a', 0, 1);
		await set(ofTransaction('a'), 60);
		await report('a', 1, 1, { eventType: 'Ended' });
		held.clear();
		await report('b', 0, 1);
		await set(ofTransaction('b'), 50);
		expect(await clear(ofTransaction('a'))).toBe('Unknown');
		expect(limits()).toEqual([[idOf(ofTransaction('b')), 1, 50]]);
	});

	it('also clears one that the station took after the command had given up', async () => {
		let finish = (): void => undefined;
		answer = () =>
			new Promise((resolve) => {
				finish = () => resolve({ status: 'Accepted' });
			});
		await expect(set(FIRST, 60, { chargingProfileId: 7 })).rejects.toThrow(/did not answer/);
		finish();
		await soon('the limit', () => held.has(7));
		expect(await clear(FIRST)).toBe('Accepted');
		expect(limits()).toEqual([]);
	});

	it.each([
		['its ID', { chargingProfileId: 3000 }, 1],
		['its purpose', { chargingProfileCriteria: { chargingProfilePurpose: 'TxDefaultProfile' } }, 1],
		['its EVSE', { chargingProfileCriteria: { evseId: 0, stackLevel: 0 } }, 1],
		['another level', { chargingProfileCriteria: { stackLevel: 5 } }, 2],
		['nothing, which clears all', {}, 0],
	] as const)('as a charging profile, by %s, forgets the limit', async (_name, request, left) => {
		await set(STATION, 60);
		await set(FIRST, 50);
		station.forgetCleared(request);
		expect(station.limits.all()).toHaveLength(left);
	});

	it('does not know a limit that the station refused', async () => {
		answer = () => Promise.resolve({ status: 'Rejected' });
		expect(await statusOf(set(FIRST, 60, { chargingProfileId: 7 }))).toBe('Rejected');
		expect(station.limits.all()).toEqual([]);
	});
});

describe('a condition that the station does not know', () => {
	const UNAUTHORIZED = { condition: 'whenSessionNotAuthorized' };

	it('is watched by the central system: the limit is sent while a session is not authorized', async () => {
		expect(await set(FIRST, 11, UNAUTHORIZED)).toMatchObject({
			status: 'Accepted',
			statusInfo: {
				additionalInfo: expect.stringMatching(/central system sends the limit/) as string,
			},
		});
		expect(limits()).toEqual([]);
		await report('other', 0, 2);
		await report('a', 0, 1);
		await soon('the limit', () => held.size === 1);
		expect([...held.values()]).toMatchObject([
			{
				evseId: 1,
				chargingProfile: { stackLevel: 1000, chargingProfilePurpose: 'TxDefaultProfile' },
			},
		]);
		const [{ chargingProfile }] = held.values();
		expect(chargingProfile.customData).toBeUndefined();
		await report('a', 1, 1, { idToken: { idToken: 'CARD', type: 'ISO14443' } });
		await soon('the limit to be cleared', () => held.size === 0);
		expect(await clear(FIRST)).toBe('Accepted');
		await report('b', 0, 1);
		expect(await clear(FIRST)).toBe('Unknown');
	});

	it('cannot be watched while the station is offline, and is refused', async () => {
		expect(await set(FIRST, 11, { condition: 'whenNoCloudConnection' })).toMatchObject({
			status: 'Rejected',
			statusInfo: {
				reasonCode: 'UnsupportedParam',
				additionalInfo: expect.stringMatching(
					/DEPOT-DC-1 does not know .*whenNoCloudConnection/,
				) as string,
			},
		});
		expect(limits()).toEqual([]);
	});
});
