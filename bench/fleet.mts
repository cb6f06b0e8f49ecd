// A thousand charging stations in the sandbox: how long it takes to start, to answer, and to charge their cars.
import { setTimeout as sleep } from 'node:timers/promises';
import axios, { type AxiosInstance } from 'axios';
import Table from 'cli-table3';
import { controlClient, type ControlClient } from '../host/controlClient.mts';
import { startSandbox, type RunningSandbox } from '../host/sandbox.mts';
import { OperatorError } from '../host/support/errors.mts';
import { until } from '../host/support/until.mts';
import type { SandboxState } from '../sandbox/state/state.mts';
import { peakMemory } from './meanwhile.mts';

const STATIONS = 1000;
const TRANSACTIONS = 100_000;
const COMMANDS = 1000;
const COMMANDS_A_SECOND = 50;
const LISTS = 21;
const HOUR_MS = 3_600_000;
/** What the figures should be at most. */
const GOALS = { startS: 20, memoryMb: 600, commandMs: 100, listMs: 200 };

type Print = (title: string, table: Table.Table) => void;

/** A sandbox with its two APIs. */
interface Fleet {
	sandbox: RunningSandbox;
	control: ControlClient;
	api: AxiosInstance;
}

/** Starts a thousand stations with a car each, measures, and prints what should be and what is. */
export async function benchFleet(print: Print): Promise<void> {
	const table = new Table({ head: ['What', 'Measured', 'Of the goal'] });
	const row = (what: string, value: number, unit: string, goal: number) =>
		table.push([
			what,
			`${value.toFixed(unit === 's' ? 1 : 0)} ${unit}`,
			`${(value / goal).toFixed(2)} of ${goal} ${unit}`,
		]);
	const begin = performance.now();
	const sandbox = await startSandbox({ args: ['--stations', String(STATIONS)] });
	try {
		row('Start with a car at each', (performance.now() - begin) / 1000, 's', GOALS.startS);
		const fleet: Fleet = {
			sandbox,
			control: controlClient(sandbox.control),
			api: axios.create({
				baseURL: sandbox.rest,
				headers: { Authorization: `Bearer ${sandbox.accessToken}` },
				proxy: false,
			}),
		};
		for (const speed of [1, 60]) {
			await fleet.control.setSpeed(speed);
			const times = await commandTimes(fleet);
			row(
				`A power limit, ${COMMANDS_A_SECOND} a second, at ×${speed}: half of them within`,
				times[times.length / 2],
				'ms',
				GOALS.commandMs,
			);
			row(
				'99 of 100 of them within',
				times[Math.ceil(times.length * 0.99) - 1],
				'ms',
				GOALS.commandMs,
			);
		}
		const hour = await peakMemory(sandbox.pid, () => passTime(fleet, 60, HOUR_MS));
		row('Memory in an hour at ×60, at most', hour.megabytes, 'MB', GOALS.memoryMb);
		const fast = await passTime(fleet, 600, 2 * HOUR_MS);
		await addTransactions(fleet);
		const lists = await listTimes(fleet);
		row(
			`GET /stations with ${TRANSACTIONS.toLocaleString('en')} transactions: half of them within`,
			lists[(LISTS - 1) / 2],
			'ms',
			GOALS.listMs,
		);
		row('the slowest', lists[LISTS - 1], 'ms', GOALS.listMs);
		print(`${STATIONS.toLocaleString('en')} charging stations with a car each`, table);
		console.log(
			`Two hours at ×600: ${fast.events} events, lost ${fast.lost}, ×${fast.speed} on average`,
		);
	} finally {
		await sandbox.stop();
	}
}

/** Sends power limits at a steady rate, whether or not they are answered. @returns their round trips (ms), in order */
async function commandTimes({ api, control }: Fleet): Promise<number[]> {
	const stations = await control.stations();
	const send = async (index: number): Promise<number> => {
		await sleep((index * 1000) / COMMANDS_A_SECOND);
		const sentAt = performance.now();
		const { stationId } = stations[index % stations.length];
		const limit = stationId.includes('-DC-') ? { dcMaxPowerKw: 60 } : { acMaxPowerKw: 7 };
		const { data } = await api.put<{ response: string }>(
			`/chargingStations/${stationId}/powerLimit`,
			{ limit },
		);
		if (data.response !== 'Accepted') throw new OperatorError(`${stationId}: ${data.response}`);
		return performance.now() - sentAt;
	};
	const times = await Promise.all(Array.from({ length: COMMANDS }, (_, index) => send(index)));
	return times.sort((a, b) => a - b);
}

/** Lets simulated time pass, and waits for every event. */
async function passTime({ control }: Fleet, speed: number, ms: number) {
	const before = await control.events();
	const from = Date.parse(await control.now());
	const begin = performance.now();
	await control.setSpeed(speed);
	const passed = async () => Date.parse(await control.now()) - from;
	await until('the time to pass', HOUR_MS / 1000, async () =>
		(await passed()) >= ms ? true : undefined,
	);
	await control.setSpeed(0);
	const simulatedMs = await passed();
	const realMs = performance.now() - begin;
	await until('every event', 120, async () =>
		(await control.events()).waiting === 0 ? true : undefined,
	);
	const { received, missing, repeated } = await control.events();
	return {
		events: received - before.received,
		lost: missing + repeated,
		speed: Math.round(simulatedMs / realMs),
	};
}

/** Adds transactions that have ended to those of the stations, as if they had run for months. */
async function addTransactions({ sandbox, control }: Fleet): Promise<void> {
	const state = await control.state();
	const { transactions } = state.cloud;
	const former = Array.from({ length: TRANSACTIONS }, (_, index) => {
		const like = transactions[index % transactions.length];
		const txId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
		const startTime = new Date(
			Date.parse(state.clock.now) - HOUR_MS * (TRANSACTIONS - index),
		).toISOString();
		return { ...like, record: { ...like.record, txId, startTime, status: 'Ended' as const } };
	});
	const more: SandboxState = {
		...state,
		clock: { ...state.clock, speed: 1 },
		cloud: { ...state.cloud, transactions: [...former, ...transactions] },
	};
	await axios.put(`${sandbox.control}/state`, more, { proxy: false, maxBodyLength: Infinity });
}

/** Lists all stations again and again. @returns how long each list took (ms), in order */
async function listTimes({ api }: Fleet): Promise<number[]> {
	const times: number[] = [];
	for (let index = 0; index < LISTS; index++) {
		const sentAt = performance.now();
		const { data } = await api.get<{ stations: unknown[] }>('/stations');
		times.push(performance.now() - sentAt);
		if (data.stations.length !== STATIONS) throw new OperatorError('Stations are missing.');
	}
	return times.sort((a, b) => a - b);
}
