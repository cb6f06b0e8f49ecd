/**
 * The workflows of version 0.1.0, as they were: a user who updates the package has them, and changes nothing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';

import { outputOf, type WorkflowFile } from '../../host/n8nClient.mts';
import { startServer, withBody } from '../../host/support/localServer.mts';
import { until } from '../../host/support/until.mts';
import { useEditor } from '../support/browser.mts';
import { startPriceSource } from '../support/priceSource.mts';
import { callWebhook, sign } from '../support/provider.mts';
import { useSite } from '../support/site.mts';
import { waitForTransaction } from '../support/transactions.mts';

const FOLDER = 'test/fixtures/workflows-0.1.0';
const FILES = readdirSync(FOLDER).map((file) => file.replace('.json', ''));
const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';
const SECRET = 'webhook-secret-of-the-provider';

const site = useSite();
const { host, editor } = useEditor();

const read = (name: string) =>
	JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as WorkflowFile;

const parametersOf = (file: WorkflowFile, node: string) =>
	file.nodes.find(({ name }) => name === node)!.parameters;

/** Imports a workflow, after filling in what its notes ask for. */
async function importFormer(name: string, fill: (file: WorkflowFile) => void = () => undefined) {
	const file = read(name);
	fill(file);
	return await host.client.importWorkflow(file, await host.credentialFor(site));
}

/** Changes fields of a Settings node that holds them as JSON, as a user would. */
function set(file: WorkflowFile, values: Record<string, unknown>): void {
	const parameters = parametersOf(file, 'Settings');
	const before = JSON.parse(parameters.jsonOutput as string) as object;
	parameters.jsonOutput = JSON.stringify({ ...before, ...values });
}

/** The charger got one charging profile or more, and accepted each. */
async function expectAccepted(stationId: string) {
	const answers = (await site.messages(stationId, 'SetChargingProfile')).map(
		({ answer }) => answer,
	);
	expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
		new Set(['{"status":"Accepted"}']),
	);
}

/** What a user sees of the package's nodes on the canvas, read in the browser. */
const OUR_NODES = `[...document.querySelectorAll('[data-test-id=canvas-node]')]
	.filter(({ dataset }) => dataset.nodeType.startsWith('n8n-nodes-charger-operations.'))
	.map((node) => ({
		name: node.dataset.nodeName,
		isMarked: node.querySelector('[data-test-id=node-issues]') !== null,
	}))`;

it.each(FILES)('%s opens, and marks only the connector to choose', async (name) => {
	const { id, nodes } = await importFormer(name);
	const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-charger-operations.'));
	await editor.openWorkflow(id);
	const seen = await until('the nodes', 30, async () => {
		const now = await editor.page.evaluate<Array<{ name: string; isMarked: boolean }>>(OUR_NODES);
		return now.length === ours.length ? now : undefined;
	});
	const marked = seen.filter(({ isMarked }) => isMarked).map((node) => node.name);
	expect(marked).toEqual(name === 'payment-starts-transaction' ? ['Start'] : []);
	if (marked.length === 0) return;
	await editor.page.locator('[data-node-name=Start] [data-test-id=node-issues]').first().hover();
	await editor.page.getByText('"Connector" is required').first().waitFor();
});

it('peak-hour-limit limits the stations, and clears the limit', async () => {
	await site.plugIn(AC3, 1);
	await site.waitForPower(AC3, 1, (powerKw) => powerKw > 20.5);
	const { id } = await importFormer('peak-hour-limit');
	await host.client.run(id, 'At 17:00');
	await site.waitForPower(AC3, 1, (powerKw) => powerKw > 0 && powerKw <= 20);
	await host.client.run(id, 'At 20:00');
	await site.waitForPower(AC3, 1, (powerKw) => powerKw > 20.5);
});

it('weekday-tariff-schedule sends the schedule, and previews it', async () => {
	const { id } = await importFormer('weekday-tariff-schedule');
	const execution = await host.client.run(id, 'Every Month');
	expect(execution.data.resultData.error).toBeUndefined();
	await expectAccepted(DC);
	const limits = outputOf(execution, 'Preview').map(({ limit }) => limit);
	expect(new Set(limits)).toEqual(new Set([20, 120]));
});

it('price-driven-charging sends limits that follow the prices', async () => {
	const source = await startPriceSource();
	try {
		const start = DateTime.utc().startOf('hour');
		const prices = Array.from({ length: 40 }, (_, hour) => ({
			start: start.plus({ hours: hour }).toISO(),
			// Nodes of version 1 send as many periods as there are prices; this charger takes 24.
			price: [3, 15, 8][Math.floor(hour / 4) % 3],
		}));
		source.answer(200, prices);
		const file = await importFormer('price-driven-charging', (former) =>
			set(former, { pricesUrl: source.pricesUrl, notifyUrl: source.notifyUrl }),
		);
		const trigger = file.nodes.find(({ type }) => type.endsWith('scheduleTrigger'))!;
		const execution = await host.client.run(file.id, trigger.name);
		expect(execution.data.resultData.error).toBeUndefined();
		for (const stationId of [DC, AC3]) {
			await expectAccepted(stationId);
		}
	} finally {
		await source.stop();
	}
});

it('session-receipt sends a receipt when a transaction ends', async () => {
	const receipts: unknown[] = [];
	const receiver = await startServer(
		withBody((_, response, body) => {
			receipts.push(JSON.parse(body));
			response.writeHead(201).end();
		}),
	);
	const workflow = await importFormer('session-receipt', (file) => {
		const { assignments } = parametersOf(file, 'Settings').assignments as unknown as {
			assignments: Array<{ value: string }>;
		};
		assignments[0].value = receiver.url;
		Object.assign(parametersOf(file, 'Transaction Ended'), {
			pollTimes: {
				item: Array.from({ length: 12 }, (_, index) => ({
					mode: 'custom',
					cronExpression: `${index * 5} * * * * *`,
				})),
			},
			// Those of the sandbox are, and 0.1.0 did not leave them out.
			options: { includeSimulated: true },
		});
	});
	await host.client.activate(workflow);
	try {
		await site.plugIn(AC3, 1);
		await waitForTransaction(site, AC3, 1, 'Charging');
		await site.unplug(AC3, 1);
		const { txId } = await waitForTransaction(site, AC3, 1, 'Ended');
		const receipt = await until('the receipt', 60, async () => {
			for (const { id, status } of await host.client.executions(workflow.id)) {
				if (status === 'error') throw (await host.client.execution(id)).data.resultData.error!;
			}
			return receipts.at(0);
		});
		expect(receipt).toMatchObject({ receiptId: `${txId}:transactionEnded`, txId, stationId: AC3 });
	} finally {
		await host.client.deactivate(workflow.id);
		await receiver.close();
	}
}, 180_000);

it('payment-starts-transaction starts once its connector is chosen', async () => {
	const { id, name } = await host.client.createCredential('Secret', 'crypto', {
		hmacSecret: SECRET,
	});
	const workflow = await importFormer('payment-starts-transaction', (file) => {
		file.nodes.find((node) => node.name === 'Compute Signature')!.credentials = {
			crypto: { id, name },
		};
		parametersOf(file, 'Start').connectorId = {
			__rl: true,
			mode: 'id',
			value: '={{ $("Payment").first().json.evseId }}',
		};
		parametersOf(file, 'Payment Webhook').path = 'former-payment';
		set(file, { secondsBetweenLooks: 1 });
	});
	await host.client.activate(workflow);
	try {
		await site.plugIn(DC, 1, { authorize: false });
		await waitForTransaction(site, DC, 1, 'PluggedInIdle');
		const payment = { event: 'payment.succeeded', paymentId: 'pay_1', stationId: DC, evseId: 1 };
		const body = JSON.stringify(payment);
		const answer = await callWebhook(
			`${host.url}/webhook/former-payment`,
			body,
			sign(body, SECRET),
		);
		expect(answer).toMatchObject({ status: 200, data: { status: 'charging' } });
		await waitForTransaction(site, DC, 1, 'Charging');
	} finally {
		await host.client.deactivate(workflow.id);
	}
}, 120_000);
