import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import axios from 'axios';
import { parse } from 'yaml';
import { until } from '../../host/support/until.mts';
import { seconds, type Scenario } from '../../sandbox/scenarios/scenario.mts';
import { startSite, useSite } from '../support/site.mts';

const [DC, AC3, AC1] = ['DEPOT-DC-1', 'OFFICE-AC-3', 'OFFICE-AC-1'];

const site = useSite();

const untilDone = (count: number) =>
	until(`step ${count}`, 30, async () => {
		const steps = (await site.scenario())?.steps ?? [];
		return steps.filter(({ done }) => done).length >= count || undefined;
	});
const untilEnded = () =>
	until('the end', 50, async () => (await site.scenario())?.state === 'ended' || undefined);
const problems = async () => (await site.scenario())?.steps.flatMap(({ problem }) => problem ?? []);
const start = (body: object) =>
	axios.post<{ message: string }>(`${site.control}/scenario`, body, { validateStatus: null });

/** What the stations reported up to the end of a scenario, with times since its start. */
async function runOf(choice: { name: string; seed?: number; speed: number }, endS: number) {
	await site.startScenario(choice);
	await untilEnded();
	expect(await problems()).toEqual([]);
	const startedAt = Date.parse((await site.scenario())!.startedAt);
	const messages = await site.messages(undefined, 'TransactionEvent');
	return messages
		.map(({ stationId, payload }) => {
			const { timestamp, meterValue, seqNo, eventType, triggerReason, evse } = payload;
			const at = (Date.parse(timestamp as string) - startedAt) / 1000;
			const values = (meterValue as Array<{ sampledValue: object[] }> | undefined)?.flatMap(
				({ sampledValue }) => sampledValue,
			);
			return { stationId, seqNo, at, eventType, triggerReason, evse, values };
		})
		.filter(({ at }) => at <= endS)
		.map((event) => JSON.stringify(event))
		.sort();
}

describe('evening peak', () => {
	const END_S = 3.5 * 3600;

	it('is the same run with the same seed at any speed, and another with another seed', async () => {
		const name = 'evening-peak';
		const run = await runOf({ name, seed: 7, speed: 1200 }, END_S);
		expect(run.length).toBeGreaterThan(500);
		for (const { at, operation, stationId, evseId } of (await site.scenario())!.steps) {
			if (operation !== 'plugIn') continue;
			const plugged = `"stationId":"${stationId}","seqNo":0,"at":${seconds(at)},"eventType":"Started"`;
			expect(run.filter((event) => event.includes(plugged))).toEqual([
				expect.stringContaining(`"evse":{"id":${evseId}`),
			]);
		}
		expect(await runOf({ name, seed: 7, speed: 3600 }, END_S)).toEqual(run);
		expect(await runOf({ name, seed: 8, speed: 3600 }, END_S)).not.toEqual(run);
	});

	/** The energy (kWh) of all transactions until a moment of the scenario; what comes later is left out. */
	const energyUntil = async (end: string) => {
		const file = await readFile('sandbox/scenarios/evening-peak.yaml', 'utf8');
		const scenario = parse(file) as Scenario;
		const steps = scenario.steps.filter(({ at }) => typeof at === 'object' && at.between[1] <= end);
		await site.startScenario({ scenario: { ...scenario, end, steps }, speed: 3600 });
		await untilEnded();
		const stations = await site.stations();
		return stations
			.flatMap(({ evses }) => evses)
			.reduce((sum, { energyKwh }) => sum + energyKwh, 0);
	};

	it('takes most of its energy at the peak price, from 17:00 to 19:00', async () => {
		const before = await energyUntil('00:30:00');
		const until19 = await energyUntil('02:30:00');
		const all = await energyUntil('03:30:00');
		expect((until19 - before) / all).toBeGreaterThan(0.5);
	});

	it('draws almost all that the site can give at the peak, or what a workflow allows', async () => {
		const powerAtPeak = async (limitKw?: number) => {
			await site.startScenario({ name: 'evening-peak', speed: 3600 });
			await untilDone(4);
			await site.setSpeed(0);
			if (limitKw !== undefined) {
				for (const id of [DC, AC3]) {
					const limit = id === DC ? { dcMaxPowerKw: limitKw } : { acMaxPowerKw: limitKw };
					await site.restClient.put(`/chargingStations/${id}/powerLimit`, { limit });
				}
			}
			const stations = await site.stations();
			return stations.reduce((sum, { powerKw }) => sum + powerKw, 0);
		};
		expect(await powerAtPeak()).toBeGreaterThan(140);
		expect(await powerAtPeak(10)).toBeLessThanOrEqual(10 + 10 + 7.4);
	});
});

it('bad network: what reaches a client gets worse, and is good at the end', async () => {
	const outcomesOf = async (requests: number) => {
		const outcomes = await Promise.all(
			Array.from({ length: requests }, () =>
				site.restClient.get('/locations').then(
					({ status }) => status,
					({ code }: { code: string }) => code,
				),
			),
		);
		return new Set(outcomes);
	};
	/** A broken connection before the answer, and in the middle of it. */
	const BROKEN = ['ECONNRESET', 'ERR_BAD_RESPONSE'];
	/** Lets the scenario run to a step, and stops the clock there. */
	const runTo = async (steps: number) => {
		await site.setSpeed(20);
		await untilDone(steps);
		await site.setSpeed(0);
	};
	await site.startScenario({ name: 'bad-network', speed: 0 });
	await untilDone(2);
	expect(await outcomesOf(5)).toEqual(new Set([200]));
	await runTo(6);
	expect(await outcomesOf(100)).toEqual(new Set([200, 503, ...BROKEN]));
	await runTo(7);
	expect((await site.station(AC1)).connected).toBe(false);
	await runTo(8);
	expect(await outcomesOf(100)).toContain(429);
	await runTo(9);
	expect(await outcomesOf(10)).toContain(401);
	for (const { hits } of await site.faults()) expect(hits).toBeGreaterThan(0);
	await site.setSpeed(3600);
	await untilEnded();
	expect(await problems()).toEqual([]);
	expect(await site.faults()).toEqual([]);
	expect(await site.speed()).toBe(1);
	expect((await site.station(AC1)).connected).toBe(true);
});

it('a station that lies: what it answers is not what it does', async () => {
	await site.startScenario({ name: 'a-station-that-lies', speed: 0 });
	await untilDone(6);
	const asked = { evseId: 1, duration: 60 };
	const { scheduleStart } = await site.compositeSchedule(AC1, asked);
	expect(Date.parse(scheduleStart) - Date.parse(await site.now())).toBeGreaterThan(595_000);
	const limit = { acMaxPowerKw: 5 };
	const set = await site.restClient.put<unknown>(`/chargingStations/${AC3}/powerLimit`, { limit });
	expect(set.data).toEqual({ response: 'Accepted' });
	const restart = { type: 'Immediate' };
	const restarted = await site.restClient.post<unknown>(
		`/chargingStations/${AC1}/restart`,
		restart,
	);
	expect(restarted.data).toEqual({ responseFromStation: 'Scheduled' });
	await site.restClient.put(`/chargingStations/${DC}/powerLimit`, { limit: { dcMaxPowerKw: 40 } });
	await site.setSpeed(600);
	await untilDone(7);
	expect((await site.station(DC)).limitW).toBe(40_000);
	await site.setSpeed(3600);
	await untilEnded();
	expect(await problems()).toEqual([]);
	expect((await site.station(AC3)).powerKw).toBeGreaterThan(20);
	expect((await site.station(AC1)).evses[0].transaction).not.toBeNull();
	expect((await site.station(AC1)).settings.clockOffsetS).toBeGreaterThan(600);
	expect((await site.station(DC)).profiles).toEqual([]);
	expect((await site.messages(AC1, 'BootNotification')).length).toBe(1);
});

describe('a scenario', () => {
	const scenario = {
		title: 'Test',
		start: { time: '16:30:00', speed: 3600 },
		end: '02:00:00',
		steps: [
			{ at: '00:30:00', operation: 'unplug', stationId: AC1, evseId: 1 },
			{ at: '00:30:00', operation: 'plugIn', stationId: AC1, evseId: 1 },
			{ at: '01:00:00', operation: 'setClock', body: { speed: 60 } },
		],
	};

	it('goes on after a step that is refused, and says why', async () => {
		await site.startScenario({ scenario });
		await untilDone(3);
		expect(await problems()).toEqual([expect.stringMatching(/no car/i)]);
		expect((await site.station(AC1)).evses[0].cable).toBe(true);
		expect(await site.speed()).toBe(60);
	});

	it('begins at its time of day at the stations', async () => {
		await site.startScenario({ scenario, speed: 0 });
		const helsinki = new Intl.DateTimeFormat('en-GB', {
			timeZone: 'Europe/Helsinki',
			timeStyle: 'medium',
		});
		expect(helsinki.format(new Date(await site.now()))).toBe('16:30:00');
	});

	it('ends with a reset, and can be stopped', async () => {
		await site.startScenario({ scenario, speed: 60 });
		await axios.delete(`${site.control}/scenario`);
		expect(await site.scenario()).toMatchObject({ state: 'stopped' });
		await site.reset();
		expect(await site.scenario()).toBeNull();
		expect(await site.speed()).toBe(1);
	});

	it('is the only one that runs: of several at once the last one that was asked for', async () => {
		const speeds = [3600, 600, 60];
		await Promise.all(speeds.map((speed) => site.startScenario({ scenario, speed })));
		expect(await site.speed()).toBe(60);
		await site.setSpeed(3600);
		await untilDone(3);
		expect(await problems()).toHaveLength(1);
	});

	const step = { at: '00:00:00', operation: 'plugIn', stationId: AC1, evseId: 1 };
	it.each<[string, object, RegExp]>([
		['of no name', {}, /^Either name or scenario is required$/],
		['that is not there', { name: 'nope' }, /^There is no scenario nope, only .*evening-peak/],
		['without an end', { scenario: { title: 'x', steps: [step] } }, /scenario\.end is required/],
	])('%s is refused, and nothing is reset', async (_name, body, message) => {
		await site.plugIn(AC3, 1);
		const { status, data } = await start(body);
		expect([status >= 400, data.message]).toEqual([true, expect.stringMatching(message)]);
		expect((await site.station(AC3)).evses[0].cable).toBe(true);
	});

	it.each<[object, RegExp]>([
		[{ at: '5 minutes' }, /steps\.0\.at must match format "hh:mm:ss"$/],
		[{ at: '02:00:00' }, /steps\.0: at must not be after the end, 01:00:00$/],
		[{ at: { between: ['00:00:00', '01:30:00'] } }, /steps\.0: at must not be after the end/],
		[{ operation: 'reset' }, /steps\.0\.operation must be one of plugIn, unplug,/],
		[{ body: { soc: 200 } }, /steps\.0\.body\.soc must be <= 100$/],
		[{ body: { soc: { between: [50, 101] } } }, /steps\.0\.body\.soc must be <= 100$/],
		[{ body: { colour: 'red' } }, /steps\.0\.body\.colour is not known$/],
		[{ stationId: 'NOPE' }, /steps\.0: There is no simulated station NOPE\.$/],
		[{ evseId: 9 }, /steps\.0: OFFICE-AC-1 has no EVSE 9\.$/],
		[{ evseId: undefined }, /steps\.0: plugIn needs evseId$/],
		[{ operation: 'clearFaults', evseId: undefined }, /steps\.0: clearFaults has no stationId$/],
		[
			{ operation: 'addFault', stationId: undefined, evseId: undefined, body: { times: 1 } },
			/steps\.0: One of delayMs, spreadMs/,
		],
	])('with a wrong step is refused: %j', async (change, message) => {
		const scenario = { title: 'x', end: '01:00:00', steps: [{ ...step, ...change }] };
		const { status, data } = await start({ scenario });
		expect([status, data.message]).toEqual([400, expect.stringMatching(message)]);
	});
});

it('runs from the start if the command line says so', async () => {
	const another = await startSite(['--scenario', 'evening-peak', '--seed', '7']);
	try {
		expect(await another.scenario()).toMatchObject({ name: 'evening-peak', seed: 7 });
		expect(await another.speed()).toBe(60);
	} finally {
		await another.stop();
	}
});

describe('a file of one’s own', () => {
	const file = join(tmpdir(), `scenario-${process.pid}.yaml`);
	afterEach(() => rm(file, { force: true }));

	it('runs', async () => {
		await writeFile(
			file,
			'title: Mine\nend: 00:10:00\nsteps:\n  - at: 00:00:00\n    operation: clearFaults\n',
		);
		const another = await startSite(['--scenario', file]);
		try {
			expect(await another.scenario()).toMatchObject({ title: 'Mine', seed: 1 });
		} finally {
			await another.stop();
		}
	});

	it.each([
		[
			'title: x\nend: 00:10:00\nsteps:\n  - at: 00:00:00\n    operation: dance\n',
			/, line 5: .*one of/,
		],
		['title: x\nend: 00:10:00\nsteps: [\n', /at line 4/],
		[undefined, /^The scenario .* cannot be read: ENOENT/],
	])('is refused with the line: %j', async (yaml, message) => {
		if (yaml !== undefined) await writeFile(file, yaml);
		const args = ['--import', 'tsx', 'sandbox/main.mts', '--port', '0', '--ocpp-port', '0'];
		await expect(
			promisify(execFile)(process.execPath, [...args, '--scenario', file]),
		).rejects.toMatchObject({ stderr: expect.stringMatching(message) as string });
	});
});
