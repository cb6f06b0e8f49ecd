import type { Workflow } from '../../host/n8nClient.mts';
import { startServer, withBody, type LocalServer } from '../../host/support/localServer.mts';
import { until } from '../../host/support/until.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startSite, type Site } from '../support/site.mts';
import { waitForTransaction } from '../support/transactions.mts';

const DC = 'DEPOT-DC-1';
const AC3 = 'OFFICE-AC-3';

/** What their owner calls them. */
const PLACES = {
	[DC]: {
		stationName: 'Depot fast charger 1',
		locationName: 'Harbour Depot',
		connectorName: 'CCS left',
	},
	[AC3]: {
		stationName: 'Office wallbox, three phases',
		locationName: 'Head Office',
		connectorName: 'Type 2',
	},
};

let site: Site;
let host: Host;
let receiver: LocalServer;
let workflow: Workflow;
const receipts: Array<{ key: unknown; receipt: Record<string, unknown> }> = [];
/** How many times the receiver is still to refuse. */
let refusals = 0;

/** Receives receipts, as a billing system does. */
const takeReceipt = withBody(({ headers }, response, body) => {
	if (refusals > 0) {
		refusals--;
		response.writeHead(503).end();
		return;
	}
	const receipt = JSON.parse(body) as Record<string, unknown>;
	receipts.push({ key: headers['idempotency-key'], receipt });
	response.writeHead(201).end();
});

/** Follows the workflow’s notes, and polls every 5 s. */
async function importWorkflow(): Promise<Workflow> {
	const file = await readWorkflow('session-receipt');
	const parametersOf = (wanted: string) =>
		file.nodes.find(({ name }) => name === wanted)!.parameters;
	parametersOf('Send Receipt').url = `${receiver.url}/receipts`;
	parametersOf('Transaction Ended').pollTimes = {
		item: Array.from({ length: 12 }, (_, index) => ({
			mode: 'custom',
			cronExpression: `${index * 5} * * * * *`,
		})),
	};
	return await host.client.importWorkflow(file, await host.credentialFor(site));
}

/** A session of about one minute of simulated time. */
async function charge(stationId: string, evseId: number) {
	await site.plugIn(stationId, evseId);
	await site.waitForPower(stationId, evseId, (powerKw) => powerKw > 5);
	await until('energy', 20, async () => {
		const { chargedEnergyKwh } = await waitForTransaction(site, stationId, evseId, 'Charging');
		return Number(chargedEnergyKwh) > 0.1 ? true : undefined;
	});
	await site.unplug(stationId, evseId);
	return await waitForTransaction(site, stationId, evseId, 'Ended');
}

const receiptOf = (txId: string) =>
	until(`the receipt of ${txId}`, 30, () =>
		Promise.resolve(receipts.find(({ receipt }) => receipt.txId === txId)),
	);

beforeAll(async () => {
	site = await startSite();
	host = await startHost();
	receiver = await startServer(takeReceipt);
	workflow = await importWorkflow();
	await site.setSpeed(60);
	await charge(AC3, 1);
	await host.client.activate(workflow);
}, 900_000);
afterAll(async () => {
	if (workflow) await host.client.deactivate(workflow.id);
	await receiver?.close();
	await host?.stop();
	await site?.stop();
});

describe('workflows/session-receipt.json', () => {
	it('sends a receipt for each session that ends, and for none from before', async () => {
		const transactions = [await charge(DC, 1), await charge(AC3, 1)];
		for (const { txId, startTime, endTime, chargedEnergyKwh } of transactions) {
			const { key, receipt } = await receiptOf(txId);
			expect(key).toBe(`${txId}:transactionEnded`);
			expect(receipt).toMatchObject({
				receiptId: `${txId}:transactionEnded`,
				energyKwh: chargedEnergyKwh,
				startedAt: startTime,
				endedAt: new Date(endTime as string).toISOString(),
				reason: 'EVDisconnected',
			});
			const place = PLACES[receipt.stationId as keyof typeof PLACES];
			expect(receipt).toMatchObject(place);
			const { stationName, connectorName, locationName } = place;
			expect(receipt.text).toContain(
				`Charging ended at ${stationName} (${connectorName}, ${locationName}) after `,
			);
			const { energyKwh, chargingMinutes, durationMinutes, averagePowerKw } = receipt as Record<
				string,
				number
			>;
			expect(durationMinutes).toBeGreaterThanOrEqual(chargingMinutes);
			// The tolerance covers the rounding of minutes to 0.1.
			const averageKw = energyKwh / (chargingMinutes / 60);
			expect(Math.abs(averagePowerKw - averageKw) / averageKw).toBeLessThan(
				0.05 / chargingMinutes + 0.01,
			);
		}
		expect(receipts.map(({ receipt }) => receipt.txId).sort()).toEqual(
			transactions.map(({ txId }) => txId).sort(),
		);
	});

	it('tries again if the receiver fails, and finally names the receipt', async () => {
		refusals = 1;
		const { txId } = await charge(DC, 2);
		await receiptOf(txId);
		refusals = 3;
		const lost = await charge(DC, 2);
		const failed = await until('the failed execution', 40, async () =>
			(await host.client.executions(workflow.id)).find(({ status }) => status === 'error'),
		);
		const { data } = await host.client.execution(failed.id);
		expect(data.resultData.error?.message).toBe(
			`Receipts that were not accepted: ${lost.txId}:transactionEnded`,
		);
	});
});
