import { outputOf, type Workflow, type WorkflowFile } from '../../host/n8nClient.mts';
import { until } from '../../host/support/until.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startPriceSource, type PriceSource } from '../support/priceSource.mts';
import { startSite, type Site } from '../support/site.mts';
import { waitForTransaction } from '../support/transactions.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const AC1 = 'OFFICE-AC-1';

let site: Site;
let host: Host;
let chat: PriceSource;
let workflow: Workflow | undefined;

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
	chat = await startPriceSource();
}, 900_000);
afterEach(async () => {
	if (workflow) await host.client.deactivate(workflow.id);
	workflow = undefined;
	chat.forget();
	await site.reset();
});
afterAll(async () => {
	await chat?.stop();
	await host?.stop();
	await site?.stop();
});

const parametersOf = ({ nodes }: WorkflowFile, wanted: string) =>
	nodes.find(({ name }) => name === wanted)!.parameters;

/** Publishes an example whose trigger polls every 5 s, reports at once, and whose wait is short. */
async function publish(name: string, trigger: string, change: (file: WorkflowFile) => void) {
	const file = await readWorkflow(name);
	Object.assign(parametersOf(file, trigger), {
		atLeastMinutes: 0,
		pollTimes: {
			item: Array.from({ length: 12 }, (_, index) => ({
				mode: 'custom',
				cronExpression: `${index * 5} * * * * *`,
			})),
		},
	});
	Object.assign(parametersOf(file, 'Wait'), { amount: 4, unit: 'seconds' });
	change(file);
	workflow = await host.client.importWorkflow(file, await host.credentialFor(site));
	await host.client.activate(workflow);
}

/** Waits for a message that begins like this, and returns it. */
const messageOf = (start: string) =>
	until(`the message "${start} …"`, 60, () =>
		Promise.resolve(chat.notifications().find((text) => text.startsWith(start))),
	);

const resets = (stationId: string) => site.messages(stationId, 'Reset');

it('stuck-station: restarts once where nobody charges, and tells a person what stays so', async () => {
	await site.plugIn(DC, 1);
	await waitForTransaction(site, DC, 1, 'Charging');
	await publish('stuck-station', 'Stuck for Ten Minutes', (file) => {
		parametersOf(file, 'Tell a Person').url = chat.notifyUrl;
		// The test may run around midnight.
		parametersOf(file, 'Not Yet Today').dedupeValue = '={{ $json.stationId }}';
	});
	await site.setFaulted(AC1, 1, true);
	await site.setFaulted(AC3, 1, true);
	await site.setFaulted(DC, 2, true);

	// One comes back after the restart.
	await until(`the restart of ${AC3}`, 30, async () =>
		(await resets(AC3)).length > 0 ? true : undefined,
	);
	await site.setFaulted(AC3, 1, false);

	expect(await messageOf('Office wallbox, one phase')).toBe(
		'Office wallbox, one phase is still faulted. Restart: The charger restarts now.',
	);
	expect(await messageOf('Depot fast charger 1')).toBe(
		'Depot fast charger 1 is still faulted. It was not restarted: a car charges there, or it was restarted today already.',
	);
	expect(await resets(DC)).toEqual([]);
	expect((await resets(AC1)).map(({ payload }) => payload)).toMatchObject([{ type: 'OnIdle' }]);
	expect(await resets(AC3)).toHaveLength(1);
	expect(chat.notifications().filter((text) => text.startsWith('Office wallbox, three'))).toEqual(
		[],
	);

	// Stuck again on the same day: no second restart.
	chat.forget();
	await site.setOnline(AC3, false);
	expect(await messageOf('Office wallbox, three phases')).toBe(
		'Office wallbox, three phases is still offline. It was not restarted: a car charges there, or it was restarted today already.',
	);
	expect(await resets(AC3)).toHaveLength(1);
}, 150_000);

it('overstay: tells the driver, then the office, unless the car has left or is held back', async () => {
	await publish('overstay', 'Car Stays', (file) => {
		for (const node of ['Tell the Driver', 'Tell the Office']) {
			parametersOf(file, node).url = chat.notifyUrl;
		}
	});
	// Full, started by its driver's app.
	await site.plugIn(AC3, 1, { soc: 100, authorize: false });
	await site.restClient.post(`/chargingStations/${AC3}/evse/12/startTransaction`, {
		authorizationReference: 'app_user_7',
	});
	// Waits for its driver, who comes.
	await site.plugIn(AC1, 1, { authorize: false });
	// Held back by a limit.
	await site.restClient.put(`/chargingStations/${DC}/evse/1/powerLimit`, {
		limit: { dcMaxPowerKw: 0 },
	});
	await site.plugIn(DC, 1);

	const of = (stationId: string) =>
		chat.messages().filter((message) => message.stationId === stationId);
	await until('the messages to both drivers', 60, () =>
		Promise.resolve([AC3, AC1].every((stationId) => of(stationId).length > 0) ? true : undefined),
	);
	await site.unplug(AC1, 1);
	// The car that is held back may come in a later poll than the others.
	const cars = await until('the end of all runs', 90, async () => {
		const all = await host.client.executions(workflow!.id);
		if (all.some(({ status }) => status !== 'success')) return undefined;
		const runs = await Promise.all(all.map(({ id }) => host.client.execution(id)));
		const found = runs.flatMap((run) => outputOf(run, 'Car'));
		return found.some(({ stationId }) => stationId === DC) ? found : undefined;
	});
	expect(of(AC3)).toMatchObject([
		{
			text: expect.stringMatching(
				/^Office wallbox, three phases \(Type 2, Head Office\) .*occupied without charging.*\. Please make room for the next car\.$/,
			) as string,
			authorizationReference: 'app_user_7',
			connectorId: '12',
		},
		{
			text: expect.stringMatching(/\. The driver was told, and is still there\.$/) as string,
			connectorId: '12',
			txId: expect.any(String) as string,
		},
	]);
	expect(of(AC1)).toHaveLength(1);
	expect(of(DC)).toEqual([]);
	expect(cars).toContainEqual(expect.objectContaining({ stationId: DC, isHeldBack: true }));
}, 210_000);
