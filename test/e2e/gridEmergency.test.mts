import axios from 'axios';

import type { Workflow, WorkflowFile } from '../../host/n8nClient.mts';
import { until } from '../../host/support/until.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startPriceSource, type PriceSource } from '../support/priceSource.mts';
import { useSite } from '../support/site.mts';

const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';
const AUTH = { username: 'grid', password: 'a-password-of-the-test' };

const site = useSite();
let host: Host;
let chat: PriceSource;
let file: WorkflowFile;
let workflow: Workflow | undefined;

beforeAll(async () => {
	host = await startHost();
	chat = await startPriceSource();
	file = await readWorkflow('grid-emergency');
}, 900_000);
afterEach(async () => {
	if (workflow !== undefined) await host.client.deactivate(workflow.id);
	workflow = undefined;
	chat.forget();
});
afterAll(async () => {
	await chat?.stop();
	await host?.stop();
});

const parametersOf = ({ nodes }: WorkflowFile, node: string) =>
	nodes.find(({ name }) => name === node)!.parameters;

/** Changes numbers of *Emergency*. */
function setNumbers(copy: WorkflowFile, numbers: Record<string, number>) {
	const { assignments } = parametersOf(copy, 'Emergency').assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	for (const field of assignments) field.value = numbers[field.name] ?? field.value;
}

/** Saves the workflow, after changes to its nodes, and publishes it. */
async function publish(change: (copy: WorkflowFile) => void = () => {}) {
	const copy = structuredClone(file);
	parametersOf(copy, 'Tell Someone').url = chat.notifyUrl;
	change(copy);
	workflow = await host.client.importWorkflow(
		copy,
		await host.credentialFor(site),
		await host.client.createCredential('Grid operator', 'httpBasicAuth', {
			user: AUTH.username,
			password: AUTH.password,
		}),
	);
	await host.client.activate(workflow);
	return workflow;
}

interface Answer {
	until: string;
	stations: Array<{ stationId: string; outcome: string; reason: string }>;
	reason: string;
}

const call = (body: unknown, auth: typeof AUTH | undefined = AUTH) =>
	axios.post<Answer>(`${host.url}/webhook/grid-emergency`, body, {
		auth,
		proxy: false,
		validateStatus: null,
	});

const outcomesIn = ({ stations }: Answer) =>
	Object.fromEntries(stations.map(({ stationId, outcome }) => [stationId, outcome]));

const profilesSent = (stationId: string) => site.messages(stationId, 'SetChargingProfile');

/** Waits for so many messages to a person, and returns the last one. */
const told = (count: number) =>
	until(`message ${count} to a person`, 20, () =>
		Promise.resolve(chat.notifications().at(count - 1)),
	);

describe('workflows/grid-emergency.json', () => {
	it('one call lowers the whole location; its stations end that by themselves, without n8n', async () => {
		await site.plugIn(AC3, 1);
		await site.plugIn(AC1, 1);
		const before = await site.waitForPower(AC3, 1, (powerKw) => powerKw > 20);
		await publish();

		const { status, data } = await call({ limitKw: 9, minutes: 30 });
		expect({ status, outcomes: outcomesIn(data) }).toEqual({
			status: 200,
			outcomes: { [AC1]: 'accepted', [AC3]: 'accepted' },
		});
		expect(await told(1)).toMatch(/at most 9 kW until .*\n(OFFICE-AC-[13]: accepted\.\n?){2}$/);
		const ac1 = await site.waitForPower(AC1, 1, (powerKw) => powerKw > 0 && powerKw < 5);
		const ac3 = await site.waitForPower(AC3, 1, (powerKw) => powerKw > 0 && powerKw < 5);
		expect(ac1 + ac3).toBeLessThanOrEqual(9);

		await host.client.deactivate(workflow!.id);
		await site.setClock(new Date(Date.parse(data.until) + 1000).toISOString(), 1);
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > before * 0.9);
		expect(await profilesSent(AC3)).toHaveLength(1);
		expect(await site.messages(AC3, 'ClearChargingProfile')).toEqual([]);
	});

	it('the next call replaces the limit, also with a higher one and an earlier end', async () => {
		await site.plugIn(AC3, 1);
		await publish();
		const first = await call({ limitKw: 6, minutes: 60 });
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 4 && powerKw <= 6);
		const second = await call({ limitKw: 12, minutes: 1 });
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 10 && powerKw <= 12);
		expect(Date.parse(second.data.until)).toBeLessThan(Date.parse(first.data.until));
		await site.setClock(new Date(Date.parse(second.data.until) + 1000).toISOString(), 1);
		await site.waitForPower(AC3, 1, (powerKw) => powerKw > 20);
	});

	it('a DC charger draws no more than the limit from the grid', async () => {
		await site.plugIn('DEPOT-DC-1', 1);
		await publish((copy) => {
			parametersOf(copy, 'Stations').filters = {
				locationUid: { __rl: true, mode: 'id', value: 'loc-harbour-depot' },
			};
		});
		await call({ limitKw: 20, minutes: 30 });
		// 92 % of the power from the grid reach the plug.
		await site.waitForPower('DEPOT-DC-1', 1, (powerKw) => powerKw > 17 && powerKw <= 18.4);
	});

	it('a station that is not reached is named, and tried again until it is', async () => {
		await site.setOnline(AC1, false);
		await publish((copy) => setNumbers(copy, { tries: 60, secondsBetweenTries: 1 }));
		const { status, data } = await call({ limitKw: 9, minutes: 30 });
		expect({ status, outcomes: outcomesIn(data) }).toEqual({
			status: 200,
			outcomes: { [AC1]: 'not reached', [AC3]: 'accepted' },
		});
		expect(await told(1)).toMatch(/\nOFFICE-AC-1: not reached\. It is tried again\. /);
		await site.setOnline(AC1, true);
		expect(await told(2)).toMatch(/^[^\n]*\nOFFICE-AC-1: accepted\.$/);
		const [{ payload, answer }] = await profilesSent(AC1);
		expect(answer).toMatchObject({ status: 'Accepted' });
		// However late it is reached, its limit ends with that of the others.
		expect(payload).toMatchObject({ chargingProfile: { validTo: data.until } });
		expect(await profilesSent(AC3)).toHaveLength(1);
	});

	it('a station that refuses is told at once, and one that is never reached when it is given up', async () => {
		await site.script(AC3, {
			action: 'SetChargingProfile',
			behaviour: 'refuse',
			statusInfo: { reasonCode: 'OutOfMemory' },
		});
		await site.setOnline(AC1, false);
		await publish((copy) => setNumbers(copy, { tries: 2, secondsBetweenTries: 1 }));
		const { status, data } = await call({ limitKw: 9, minutes: 30 });
		expect({ status, outcomes: outcomesIn(data) }).toEqual({
			status: 502,
			outcomes: { [AC1]: 'not reached', [AC3]: 'refused' },
		});
		expect(await told(1)).toMatch(/\nOFFICE-AC-3: refused\. .*OutOfMemory/);
		expect(await told(2)).toMatch(
			/^[^\n]*\nOFFICE-AC-1: not reached\. It keeps the limits that it has\. /,
		);
		const [execution] = await host.client.executions(workflow!.id);
		await until('the end of the run', 20, async () =>
			(await host.client.execution(execution.id)).status === 'success' ? true : undefined,
		);
		expect(chat.notifications()).toHaveLength(2);
	});

	it('n8n stores the run between two tries, so that a restart does not end them', async () => {
		await site.setOnline(AC1, false);
		const { id } = await publish();
		await call({ limitKw: 9, minutes: 30 });
		const waiting = await until('the stored run', 20, async () =>
			(await host.client.executions(id)).find(({ status }) => status === 'waiting'),
		);
		await host.client.stopExecution(waiting.id);
	});

	it.each<[string, () => Promise<unknown>, string, RegExp]>([
		[
			'ChargEye does not answer',
			() => site.fault({ operationId: 'listStations', status: 403, times: 10 }),
			'loc-head-office',
			/^The location: not reached\. It keeps .*403/m,
		],
		[
			'the location has no station',
			() => Promise.resolve(),
			'loc-nowhere',
			/^The location: not reached\. It keeps .*There are no stations/m,
		],
	])('if %s, the caller and a person are told', async (_, prepare, location, text) => {
		await prepare();
		await publish((copy) => {
			parametersOf(copy, 'Stations').filters = {
				locationUid: { __rl: true, mode: 'id', value: location },
			};
		});
		const { status } = await call({ limitKw: 9, minutes: 30 });
		expect(status).toBe(502);
		expect(await told(1)).toMatch(text);
		expect(await profilesSent(AC3)).toEqual([]);
	});

	it('a call that is unclear, or without the password, sends nothing', async () => {
		await publish();
		for (const body of [
			{ limitKw: 9 },
			{ limitKw: null, minutes: 30 },
			{ limitKw: '9', minutes: 30 },
			{ limitKw: -1, minutes: 30 },
			{ limitKw: 9, minutes: 0 },
			undefined,
		]) {
			const { status, data } = await call(body);
			expect({ status, reason: data.reason }).toEqual({
				status: 400,
				reason: expect.stringContaining('two numbers: limitKw') as string,
			});
		}
		const stranger = await call({ limitKw: 9, minutes: 30 }, { ...AUTH, password: 'wrong' });
		expect(stranger.status).toBe(401);
		expect(await profilesSent(AC3)).toEqual([]);
	});
});
