import {
	outputOf,
	type CredentialReference,
	type N8nClient,
	type Workflow,
	type WorkflowFile,
} from '../../host/n8nClient.mts';
import { readWorkflow, workflowOf } from '../../host/workflows.mts';
import { stationsOfFleet } from '../../sandbox/largeFleet.mts';
import type { Refund } from './provider.mts';
import { setSettings } from './settings.mts';
import type { Site } from './site.mts';

/** The table of payments in both workflows. */
const LEDGER = 'payment_ledger';

/** What a provider says of a payment; its webhook's body. */
export interface PaymentMessage {
	event: string;
	paymentId: string;
	amount: number;
	currency: string;
	stationId: string;
	connectorId: string;
}

/** A payment at the first connector of each station of a fleet. @param named from the station's number, from 0 */
export const paymentsOfFleet = (
	stations: number,
	named: (index: number) => string,
): PaymentMessage[] =>
	stationsOfFleet(stations).map(({ stationId, evses }, index) => ({
		event: 'payment.succeeded',
		paymentId: named(index),
		amount: 2500,
		currency: 'EUR',
		stationId,
		connectorId: evses[0].connectorId,
	}));

/** A row of the table of payments. */
export interface LedgerEntry {
	id: number;
	paymentId: string;
	state: 'open' | 'charging' | 'refunding' | 'refunded' | 'personNeeded';
	tries: number;
	/** When the sweep looks at it next; null: never. */
	transactionId: string | null;
	checkAt: string | null;
	closedAt: string | null;
}

/** Where the workflows reach the provider and a person. */
export interface PaymentServices {
	refundUrl: string;
	/** Where *Tell Someone* writes to. */
	inboxUrl: string;
	/** The secret with which webhooks are signed. */
	secret: string;
	/** The key that refunds must carry. */
	apiKey: string;
}

/** Fields of *Settings* in both workflows, in seconds and tries. */
export interface PaymentSettings {
	payment: { secondsToCharge: number; secondsBetweenLooks: number; secondsUntilSweep: number };
	sweep: { secondsToWatch: number; secondsBetweenTries: number; triesBeforeAPerson: number };
}

/** Both workflows about payments, imported. */
export interface PaymentWorkflows {
	payment: Workflow;
	sweep: Workflow;
	/** Runs the sweep once. */
	runSweep(): Promise<void>;
	/** Every entry of their table, oldest first. */
	ledger(): Promise<LedgerEntry[]>;
}

/**
 * Imports both workflows, with credentials and settings as their notes say, and publishes the one with the webhook.
 * @param change what to change in that one before
 * @param ledger the name of their table: one of its own for a test that shares n8n with others
 */
export async function importPayments(
	client: N8nClient,
	chargeEye: CredentialReference,
	services: PaymentServices,
	settings: PaymentSettings,
	change: (payment: WorkflowFile) => void = () => undefined,
	ledger = LEDGER,
): Promise<PaymentWorkflows> {
	const credentials = [
		chargeEye,
		await client.createCredential('Secret', 'crypto', { hmacSecret: services.secret }),
		await client.createCredential('API key', 'httpHeaderAuth', {
			name: 'Authorization',
			value: `Bearer ${services.apiKey}`,
		}),
	];
	const { refundUrl } = services;
	const read = async (name: string) =>
		JSON.parse(JSON.stringify(await readWorkflow(name)).replaceAll(LEDGER, ledger)) as WorkflowFile;
	const payment = await read('payment-starts-transaction');
	setSettings(payment, { refundUrl, ...settings.payment });
	change(payment);
	const sweep = await read('payments-left-open');
	setSettings(sweep, { refundUrl, ...settings.sweep });
	sweep.nodes.find(({ name }) => name === 'Tell Someone')!.parameters.url = services.inboxUrl;
	const table = { __rl: true, mode: 'name', value: ledger };
	const reader = workflowOf({
		name: 'Ledger',
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		parameters: { operation: 'get', dataTableId: table, returnAll: true },
	});
	const imported = {
		payment: await client.importWorkflow(payment, ...credentials),
		sweep: await client.importWorkflow(sweep, ...credentials),
		reader: await client.importWorkflow(reader),
	};
	await client.activate(imported.payment);
	return {
		...imported,
		async runSweep() {
			const { status, data } = await client.run(imported.sweep.id, 'Every Minute', 300);
			if (status !== 'success') throw new Error(data.resultData.error?.message ?? status);
		},
		async ledger() {
			const execution = await client.run(imported.reader.id, 'Start');
			return outputOf(execution, 'Ledger') as unknown as LedgerEntry[];
		},
	};
}

/** What became of the money and of the cars. */
export interface Balance {
	/** The car charges, and the money is kept. */
	charging: number;
	/** The money is back, and the car does not charge. */
	refunded: number;
	/** The money is kept, and the car does not charge. */
	moneyWithoutCharge: number;
	/** The car charges, and the money is back. */
	chargeWithoutMoney: number;
}

/** Counts money at the provider and power at the stations. @param refunds those that the provider has received */
export async function balanceOf(
	site: Site,
	payments: readonly PaymentMessage[],
	refunds: readonly Refund[],
): Promise<Balance> {
	const back = new Set(refunds.map(({ idempotencyKey }) => idempotencyKey));
	const states = new Map((await site.stations()).map((state) => [state.stationId, state]));
	const balance = { charging: 0, refunded: 0, moneyWithoutCharge: 0, chargeWithoutMoney: 0 };
	for (const { paymentId, stationId } of payments) {
		const charges = states.get(stationId)!.powerKw > 0;
		const isBack = back.has(paymentId);
		if (charges) balance[isBack ? 'chargeWithoutMoney' : 'charging']++;
		else balance[isBack ? 'refunded' : 'moneyWithoutCharge']++;
	}
	return balance;
}
