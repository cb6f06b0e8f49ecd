import { setTimeout as pass } from 'node:timers/promises';

import type { INodeParameters } from 'n8n-workflow';

import { createSandboxCredential } from '../../host/credentials.mts';
import type { N8nClient, WorkflowFile } from '../../host/n8nClient.mts';
import type { Scheduler } from '../../host/schedulers.mts';
import { until } from '../../host/support/until.mts';
import { driveSessions, eventsOf, sessionsAt, switchStations } from './drivers.mts';
import { namesOf, numbered, readEmitted, TRIGGER, type Emitted } from './emittedEvents.mts';
import { startFaultyProxy } from './faultyProxy.mts';
import { startSite } from './site.mts';

/** A threshold that some sessions reach and others do not. */
const ENERGY_KWH = 1;
/** How many stations there are; those without cars go offline and come back. */
const STATIONS = 23;
const STATIONS_WITH_CARS = 3;

/** A workflow that starts every 5 s. @param second of the first poll in each minute */
const workflowOf = (
	name: string,
	type: string,
	second: number,
	parameters: INodeParameters,
): WorkflowFile => ({
	name,
	nodes: [
		{
			id: 'trigger',
			name: TRIGGER,
			type: `n8n-nodes-charger-operations.${type}`,
			typeVersion: 1,
			position: [0, 0],
			credentials: { chargeEyeApi: { id: '', name: '' } },
			parameters: {
				// n8n refuses a poll time that polls more than once a minute, but not several poll times.
				pollTimes: {
					item: Array.from({ length: 12 }, (_, index) => ({
						mode: 'custom',
						cronExpression: `${index * 5 + second} * * * * *`,
					})),
				},
				...parameters,
			},
		},
	],
	connections: {},
	settings: { executionOrder: 'v1' },
});

const TRANSACTIONS = workflowOf('Every event of a transaction', 'transactionTrigger', 0, {
	events: [
		'authorized',
		'chargingStarted',
		'chargingStopped',
		'energyReached',
		'transactionEnded',
		'transactionStarted',
	],
	energyKwh: ENERGY_KWH,
	options: { includeSimulated: true },
});

/** It polls between the polls of the other, so that a kill meets one of them in a known moment. */
const OUTAGES = workflowOf('Every outage', 'stationTrigger', 2, {
	events: ['stationOffline', 'stationOnline'],
	atLeastMinutes: 0,
});

/** A moment at which n8n is killed, counted from the start of a workflow. @param nextPoll waits until a trigger has requested the fleet */
type Moment = (nextPoll: () => Promise<void>) => Promise<void>;

const MOMENTS = {
	atOnce: () => Promise.resolve(),
	whileTheApiAnswers: (nextPoll) => nextPoll(),
	whileItStores: async (nextPoll) => {
		await nextPoll();
		await pass(Math.random() * 400);
	},
} satisfies Record<string, Moment>;

/** How n8n is killed with one of its schedulers. */
export interface Case {
	scheduler: Scheduler;
	moments: Moment[];
	/** Whether an event may come again. */
	repeats: boolean;
}

export const CASES: Case[] = [
	{
		scheduler: 'durable',
		moments: [MOMENTS.whileTheApiAnswers, MOMENTS.whileItStores, MOMENTS.atOnce],
		repeats: false,
	},
	{
		// Here n8n stores the trigger's state first and the execution some milliseconds later. Events are lost if n8n is
		// killed in between; to avoid that, a trigger would have to repeat its last events after every restart. So no
		// kill is aimed at that moment.
		scheduler: 'in-memory',
		moments: [MOMENTS.whileTheApiAnswers, MOMENTS.atOnce],
		repeats: true,
	},
];

/** An n8n whose main process can be killed. */
export interface KillableN8n {
	client: N8nClient;
	kill: () => Promise<void>;
	/** Starts it again. @returns a client that is signed in */
	start: () => Promise<N8nClient>;
}

/**
 * Drives charging sessions and takes stations offline, kills n8n again and again, and expects that both triggers report every
 * event, in order, and each once.
 */
export async function expectEveryEvent(
	n8n: KillableN8n,
	{ scheduler, moments, repeats }: Case,
	{ kills, sessions: wanted }: { kills: number; sessions: number },
): Promise<void> {
	let { client } = n8n;
	let onPoll: () => void = () => undefined;
	/** Resolves when a trigger has requested the fleet, before the answer. */
	const nextPoll = () =>
		new Promise<void>((resolve) => {
			onPoll = resolve;
		});
	const site = await startSite(['--page-size', '3', '--stations', String(STATIONS)]);
	const proxy = await startFaultyProxy(site.rest, (_, { path }) => {
		if (path.endsWith('/stations')) onPoll();
		return undefined;
	});
	try {
		await site.setSpeed(60);
		const credential = await createSandboxCredential(client, { ...site, rest: proxy.baseUrl });
		const imported = await client.importWorkflow(TRANSACTIONS, credential);
		const outages = await client.importWorkflow(OUTAGES, credential);
		for (const each of [imported, outages]) await client.activate(each);

		const ids = [imported.id, outages.id];

		const switched: string[] = [];
		for (let round = 0; round < kills; round++) {
			const newest = async () => {
				const [[one], [other]] = await Promise.all(
					[imported, outages].map(({ id }) => client.executions(id)),
				);
				return JSON.stringify([one?.id, other?.id]);
			};
			const before = await newest();
			const driving = Promise.all([
				driveSessions(site, wanted / kills),
				// A station stays as it is for two rounds, and so for a poll at least.
				switchStations(site, round % 2, Math.floor(round / 2) % 2 === 1),
			]);
			await until('an execution', 60, async () => ((await newest()) === before ? undefined : true));
			await moments[round % moments.length](nextPoll);
			await n8n.kill();
			client = await n8n.start();
			const [, stations] = await driving;
			switched.push(...stations);
		}

		const sessions = await sessionsAt(site);
		expect(sessions).toHaveLength(wanted);
		expect(switched).toHaveLength(((STATIONS - STATIONS_WITH_CARS) / 2) * kills);
		const expected = [
			...sessions.flatMap((session) =>
				eventsOf(session, ENERGY_KWH).map((event) => `${session.txId} ${event}`),
			),
			...numbered(switched),
		];
		const missingIn = (emitted: Emitted[]) => {
			const seen = new Set([...namesOf(emitted)]);
			return expected.filter((event) => !seen.has(event));
		};
		// Also if it fails: the missing events below say more than a failed wait.
		await until('all events', 60, async () =>
			missingIn(await readEmitted(client, ids)).length === 0 ? true : undefined,
		).catch(() => undefined);
		// When the second poll of both begins, every repeated event has arrived.
		for (let polls = 0; polls < 4; polls++) await nextPoll();

		const emitted = await readEmitted(client, ids);
		const once = [...new Map(emitted.map((event) => [event.eventId, event])).values()];
		console.log(
			`${scheduler}: ${sessions.length} sessions, ${switched.length} times offline or online, ` +
				`${expected.length} events, ${kills} kills, ` +
				`${missingIn(emitted).length} missing, ${emitted.length - once.length} repeated`,
		);
		expect(missingIn(emitted)).toEqual([]);
		// Each event has one ID: only the expected ones, and in their order.
		for (const session of sessions) {
			const ofSession = once.filter(({ txId }) => txId === session.txId);
			expect(ofSession.map(({ event }) => event)).toEqual(eventsOf(session, ENERGY_KWH));
		}
		const ofOutages = once.filter(({ workflowId }) => workflowId === outages.id);
		expect(namesOf(ofOutages).sort()).toEqual(numbered(switched).sort());
		expect(once).toHaveLength(expected.length);
		if (!repeats) expect(emitted).toEqual(once);
		for (const id of ids) await client.deactivate(id);
	} finally {
		await proxy.close();
		await site.stop();
	}
}
