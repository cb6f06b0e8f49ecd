// What a poll of each trigger costs: requests, time and the size of its state, in n8n's own engine.
import Table from 'cli-table3';
import '../test/support/engineSetup.mts';
import { startPolling, type PollingNode } from '../test/support/engine.mts';
import { spreadOf, type Spread } from './statistics.mts';
import { credentialOf } from './stubApi.mts';
import { startStubFleet, type StubFleet } from './stubFleet.mts';

const ROUNDS = 9;

interface Cost {
	milliseconds: Spread;
	/** Requests per poll; if rounds differ, the benchmark fails. */
	requests: number;
	events: number;
}

/** The cost of a poll, over some rounds after some to warm up. @param change what happens before each poll */
async function measure(trigger: PollingNode, fleet: StubFleet, change: () => void): Promise<Cost> {
	const times: number[] = [];
	const requests = new Set<number>();
	let events = 0;
	for (let round = -3; round < ROUNDS; round++) {
		change();
		fleet.takeRequests();
		const begin = performance.now();
		const { items, error } = await trigger.poll();
		const took = performance.now() - begin;
		if (error !== undefined) throw error;
		if (round < 0) continue;
		times.push(took);
		requests.add(fleet.takeRequests());
		events = items.length;
	}
	if (requests.size > 1) throw new Error(`Polls differ in requests: ${[...requests].join(', ')}`);
	return { milliseconds: spreadOf(times), requests: [...requests][0], events };
}

const inMs = ({ median, min, max }: Spread) =>
	`${median.toFixed(1)} ms (${min.toFixed(1)}–${max.toFixed(1)})`;

/** Prints what polls cost; the package must have been built. */
export async function benchPolling(
	print: (title: string, table: Table.Table) => void,
): Promise<void> {
	const table = new Table({
		head: [
			'Connectors',
			'Ended before',
			'Nothing new',
			'Requests',
			'Meters moved',
			'Requests',
			'One ended',
			'Requests',
			'One replaced',
			'Requests',
			'Events',
			'State a live transaction',
		],
	});
	for (const [connectors, ended] of [
		[100, 0],
		[1000, 0],
		[1000, 100_000],
		[10_000, 0],
		[10_000, 100_000],
	]) {
		const fleet = await startStubFleet(connectors);
		const trigger = await startPolling({
			type: 'transactionTrigger',
			parameters: {
				events: ['transactionStarted', 'chargingStarted', 'chargingStopped', 'transactionEnded'],
			},
			credential: credentialOf(fleet),
		});
		const first = await trigger.poll();
		if (first.error !== undefined) throw first.error;
		await endMany(trigger, fleet, ended);
		const unchanged = await measure(trigger, fleet, () => undefined);
		const metered = await measure(trigger, fleet, () => fleet.meter());
		const changed = await measure(trigger, fleet, () => fleet.replace(1));
		const gone = await measure(trigger, fleet, () => fleet.end(1));
		const state = Buffer.byteLength(JSON.stringify(trigger.staticData)) / connectors;
		table.push([
			connectors.toLocaleString('en'),
			ended.toLocaleString('en'),
			inMs(unchanged.milliseconds),
			unchanged.requests,
			inMs(metered.milliseconds),
			metered.requests,
			inMs(gone.milliseconds),
			gone.requests,
			inMs(changed.milliseconds),
			changed.requests,
			changed.events,
			`${state.toFixed(0)} bytes`,
		]);
		await fleet.close();
	}
	print(`A poll of Charging Transaction Trigger, ${ROUNDS} rounds`, table);
}

/** Prints what polls of the station trigger cost; the package must have been built. */
export async function benchStationPolling(
	print: (title: string, table: Table.Table) => void,
): Promise<void> {
	const table = new Table({
		head: [
			'Connectors',
			'Nothing new',
			'Requests',
			'One offline, or back',
			'Requests',
			'All offline, or back',
			'Requests',
			'Events',
			'State a connector',
			'After events',
		],
	});
	for (const connectors of [100, 1000, 10_000, 50_000]) {
		const fleet = await startStubFleet(connectors);
		const trigger = await startPolling({
			type: 'stationTrigger',
			parameters: { events: ['stationOnline', 'statusChanged'], atLeastMinutes: 0 },
			credential: credentialOf(fleet),
		});
		const first = await trigger.poll();
		if (first.error !== undefined) throw first.error;
		const bytes = () =>
			`${(Buffer.byteLength(JSON.stringify(trigger.staticData)) / connectors).toFixed(0)} bytes`;
		const before = bytes();
		let round = 0;
		const unchanged = await measure(trigger, fleet, () => undefined);
		const one = await measure(trigger, fleet, () => fleet.takeOffline(++round % 2));
		const all = await measure(trigger, fleet, () => fleet.takeOffline((++round % 2) * connectors));
		table.push([
			connectors.toLocaleString('en'),
			inMs(unchanged.milliseconds),
			unchanged.requests,
			inMs(one.milliseconds),
			one.requests,
			inMs(all.milliseconds),
			all.requests,
			all.events,
			before,
			bytes(),
		]);
		await fleet.close();
	}
	print(`A poll of Charging Station Trigger, ${ROUNDS} rounds`, table);
}

/** Ends this many transactions, and lets the trigger report them all. */
async function endMany(trigger: PollingNode, fleet: StubFleet, ended: number): Promise<void> {
	if (ended === 0) return;
	fleet.replace(ended);
	for (let events = 0; events < ended * 4; ) {
		const { items, error } = await trigger.poll();
		if (error !== undefined) throw error;
		if (items.length === 0) throw new Error(`Only ${events} of ${ended * 4} events came`);
		events += items.length;
	}
}
