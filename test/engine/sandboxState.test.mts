// All that the sandbox knows, to one JSON file and back.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import { controlClient } from '../../host/controlClient.mts';
import { startSandbox } from '../../host/sandbox.mts';
import { until } from '../../host/support/until.mts';
import type { Schema } from '../../nodes/shared/chargeye/contract.ts';
import type { SandboxState } from '../../sandbox/state/state.mts';
import { useSite } from '../support/site.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

const site = useSite(['--page-size', '1000']);

const transactions = async () =>
	(await site.restClient.get<{ transactions: Schema<'Transaction'>[] }>('/transactions')).data
		.transactions;
const everyEvent = () =>
	until('every event to arrive', 20, async () =>
		(await site.events()).waiting === 0 ? true : undefined,
	);

async function setVariable(
	stationId: string,
	component: string,
	variable: object,
	attributeValue: string,
): Promise<void> {
	const { data } = await axios.post<{ setVariableResult: Array<{ attributeStatus: string }> }>(
		`${site.control}/stations/${stationId}/request`,
		{
			action: 'SetVariables',
			request: { setVariableData: [{ component: { name: component }, variable, attributeValue }] },
		},
		{ proxy: false },
	);
	expect(data.setVariableResult[0].attributeStatus).toBe('Accepted');
}

/** Two cars charge under limits, one has left, and there is something of everything else. */
async function muchHappens(): Promise<SandboxState> {
	await site.plugIn(AC3, 1);
	await site.unplug(AC3, 1);
	await site.plugIn(AC3, 1, { soc: 60 });
	await site.plugIn(DC, 1, { mustReplug: true, insulationTestS: 30 });
	await site.plugIn(DC, 2, { authorize: false });
	await site.restClient.put(`/chargingStations/${AC3}/powerLimit`, { limit: { acMaxPowerKw: 9 } });
	await site.restClient.put(`/chargingStations/${DC}/powerLimit?relativeDelay=600`, {
		limit: { dcMaxPowerKw: 40 },
	});
	await site.script(DC, { action: 'Reset', behaviour: 'refuse' });
	await site.setCapacity(AC3, { profiles: 7 });
	await setVariable(
		AC3,
		'OCPPCommCtrlr',
		{ name: 'MessageAttempts', instance: 'TransactionEvent' },
		'7',
	);
	await setVariable(AC3, 'SampledDataCtrlr', { name: 'TxUpdatedInterval' }, '30');
	await site.reserve(AC1, 1, 'CARD-1');
	await site.setOnline(AC1, false);
	await site.setSpeed(600);
	await until('a quarter of an hour to pass', 20, async () => {
		const [{ evses }] = await site.stations();
		return evses[0].energyKwh > 5 ? true : undefined;
	});
	await site.setSpeed(0);
	await everyEvent();
	return site.state();
}

it('is put back as it was taken', async () => {
	const state = await muchHappens();
	const before = await transactions();
	await site.reset();
	expect(await transactions()).toEqual([]);
	await site.setState(state);
	expect(await site.state()).toEqual(state);
	expect(state.stations[1]).toMatchObject({
		timing: { sampleIntervalS: 30 },
		delivery: { attempts: 7 },
	});
	expect(await transactions()).toEqual(before);
	expect((await site.station(AC1)).connected).toBe(false);

	// The power limits are still those of the API.
	const clear = await site.restClient.delete(`/chargingStations/${AC3}/powerLimit`);
	expect(clear.data).toMatchObject({ response: 'Accepted' });
	await site.waitForPower(AC3, 1, (powerKw) => powerKw > 20);
});

it('goes on in the same way each time', async () => {
	const state = await muchHappens();
	const goOn = async () => {
		await site.setState(state);
		await site.setSpeed(3600);
		await until('both cars to be full', 60, async () => {
			const running = (await transactions()).filter(({ status }) => status !== 'Ended');
			return running.length === 1 ? true : undefined;
		});
		await site.setSpeed(0);
		await everyEvent();
		expect(await site.events()).toMatchObject({ missing: 0 });
		return (await transactions()).filter(({ status }) => status === 'Ended');
	};
	expect(await goOn()).toEqual(await goOn());
}, 120_000);

it('holds no token', async () => {
	const text = JSON.stringify(await site.state());
	expect(text).not.toContain(site.accessToken);
	expect(text).not.toContain(site.refreshToken);
});

describe('what is no state', () => {
	it.each<[string, (state: SandboxState) => object, RegExp]>([
		['another version', (state) => ({ ...state, version: 2 }), /version/],
		['nothing', () => ({}), /stations: Required/],
		[
			'a station that is not there',
			({ stations, ...state }) => ({
				...state,
				stations: [{ ...stations[0], stationId: 'SITE-001-DC-01' }],
			}),
			/SITE-001-DC-01, which this sandbox has not/,
		],
		[
			'a profile that is none of OCPP',
			({ stations, ...state }) => ({
				...state,
				stations: [{ ...stations[0], profiles: [{ evseId: 0, profile: { id: 1 } }] }],
			}),
			/DEPOT-DC-1 is wrong. This is no SetChargingProfile of OCPP 2\.0\.1/,
		],
		[
			'an EVSE that is not there',
			({ stations, ...state }) => ({
				...state,
				stations: [{ ...stations[0], evses: [{ ...stations[0].evses[0], evseId: 3 }] }],
			}),
			/an EVSE 3 of DEPOT-DC-1, which has none/,
		],
		[
			'an answer that OCPP has not',
			({ stations, ...state }) => ({
				...state,
				stations: [
					{ ...stations[0], answers: [{ action: 'SetChargingProfile', behaviour: 'schedule' }] },
				],
			}),
			/stations\.0\.answers\.0: OCPP has no answer Scheduled to SetChargingProfile/,
		],
		[
			'an answer that no station gives',
			({ stations, ...state }) => ({
				...state,
				stations: [{ ...stations[0], answers: [{ action: 'Reset', behaviour: 'shout' }] }],
			}),
			/stations\.0\.answers\.0\.behaviour/,
		],
		[
			'a meter that runs backwards',
			({ stations, ...state }) => ({
				...state,
				stations: [{ ...stations[0], evses: [{ ...stations[0].evses[0], energyMj: -1 }] }],
			}),
			/stations\.0\.evses\.0\.energyMj/,
		],
	])('is refused before anything changes: %s', async (_name, change, message) => {
		await site.plugIn(AC3, 1);
		await site.setSpeed(0);
		const state = await site.state();
		await expect(site.setState(change(state))).rejects.toThrow(message);
		expect(await site.state()).toEqual(state);
	});
});

it('does not go together with a scenario, which starts from nothing', async () => {
	const args = ['--state', 'a.json', '--scenario', 'bad-network'];
	await expect(startSandbox({ args })).rejects.toThrow('--state and --scenario do not go together');
});

it('is kept in a file from one process to the next', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'sandbox-state-'));
	const path = join(folder, 'state.json');
	const start = () => startSandbox({ args: ['--no-cars', '--state', path] });
	try {
		const first = await start();
		const control = controlClient(first.control);
		await control.setSpeed(0);
		await control.plugIn(AC3, 1, { soc: 55 });
		const before = await control.station(AC3);
		await first.stop();
		expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ version: 1 });

		const second = await start();
		expect(await controlClient(second.control).station(AC3)).toEqual(before);
		await second.stop();
	} finally {
		await rm(folder, { recursive: true });
	}
}, 60_000);
