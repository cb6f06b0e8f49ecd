import type { CredentialReference, WorkflowFile } from '../../host/n8nClient.mts';
import { until } from '../../host/support/until.mts';
import {
	startFaultyProxy,
	type FaultyProxy,
	type ProxiedRequest,
	type ProxyFault,
} from '../support/faultyProxy.mts';
import {
	balanceOf,
	importPayments,
	paymentsOfFleet,
	type PaymentMessage,
	type PaymentWorkflows,
} from '../support/payments.mts';
import { callWebhook, sign, startProvider, type TestProvider } from '../support/provider.mts';
import { useSite } from '../support/site.mts';
import { useQueue } from './support/queue.mts';

const PAYMENTS = 20;
const WEBHOOKS = 5;
const SECRET = 'secret of the webhooks';
const API_KEY = 'key of the provider';
const SETTINGS = {
	payment: { secondsToCharge: 15, secondsBetweenLooks: 1, secondsUntilSweep: 60 },
	sweep: { secondsToWatch: 600, secondsBetweenTries: 1, triesBeforeAPerson: 5 },
};

const queue = useQueue();
const site = useSite(['--stations', String(PAYMENTS), '--page-size', '1000']);
let provider: TestProvider;
let api: FaultyProxy;
let workflows: PaymentWorkflows;
let publish: (change?: (payment: WorkflowFile) => void) => Promise<PaymentWorkflows>;
/** What happens to a request to ChargEye. */
let decide: (request: ProxiedRequest) => ProxyFault | undefined;

beforeAll(async () => {
	provider = await startProvider(API_KEY);
	api = await startFaultyProxy(site.rest, (_, request) => decide(request));
	const services = {
		refundUrl: provider.refundUrl,
		inboxUrl: provider.refundUrl,
		secret: SECRET,
		apiKey: API_KEY,
	};
	const credential = await queue.credentialFor({ ...site, rest: api.baseUrl });
	publish = (change) => importPayments(queue.client, credential, services, SETTINGS, change);
	workflows = await publish();
}, 900_000);
afterAll(async () => {
	if (workflows) await queue.client.deactivate(workflows.payment.id);
	await api?.close();
	await provider?.stop();
});
beforeEach(() => {
	provider.forget();
	decide = () => undefined;
});

/** Sends the webhook of a payment. @returns the answer; undefined if there was none */
async function pay(payment: PaymentMessage) {
	const body = JSON.stringify(payment);
	const url = `${queue.url}/webhook/payment-starts-transaction`;
	return await callWebhook(url, body, sign(body, SECRET)).catch(() => undefined);
}

const balance = (payments: readonly PaymentMessage[]) =>
	balanceOf(site, payments, provider.refunds());

/** How many transactions have each payment as their reference. */
async function transactionsOf(payments: readonly PaymentMessage[]): Promise<number[]> {
	interface Answer {
		transactions: Array<{ authorizationReference?: string }>;
	}
	const { data } = await site.restClient.get<Answer>('/transactions');
	return payments.map(
		({ paymentId }) =>
			data.transactions.filter(({ authorizationReference: of }) => of === paymentId).length,
	);
}

/** Every webhook of every payment at the same moment. @returns the words of the answers, and how many starts were sent */
async function payAllAtOnce(payments: readonly PaymentMessage[]) {
	for (const { stationId } of payments) await site.plugIn(stationId, 1, { authorize: false });
	const repeated = payments.flatMap((payment) => Array<PaymentMessage>(WEBHOOKS).fill(payment));
	const answers = await Promise.all(repeated.map(pay));
	const words: Record<string, number> = {};
	for (const answer of answers) {
		const { status = 'none' } = (answer?.data ?? {}) as { status?: string };
		words[status] = (words[status] ?? 0) + 1;
	}
	const starts = (await site.messages(undefined, 'RequestStartTransaction')).length;
	console.log(`${payments.length} payments, ${WEBHOOKS} webhooks each:`, words, `${starts} starts`);
	return { words, starts };
}

it('webhooks repeated at the same moment on both workers: one start for each payment', async () => {
	const payments = paymentsOfFleet(PAYMENTS, (index) => `queue_${index}`);
	const { words, starts } = await payAllAtOnce(payments);
	expect(words).toEqual({ charging: PAYMENTS, repeated: PAYMENTS * (WEBHOOKS - 1) });
	expect(starts).toBe(PAYMENTS);
	expect(await transactionsOf(payments)).toEqual(payments.map(() => 1));
	await until('all cars to charge', 60, async () =>
		(await balance(payments)).charging === PAYMENTS ? true : undefined,
	);
	expect(provider.refunds()).toEqual([]);
}, 300_000);

describe('PostgreSQL holds three of ten new entries for 0.2 s before others see them', () => {
	let table: string;
	beforeAll(async () => {
		await workflows.runSweep();
		const id = await queue.sql(`select id from data_table where name = 'payment_ledger'`);
		table = `data_table_user_${id.trim()}`;
		await queue.sql(
			`create function hold_entry() returns trigger language plpgsql as
			$$ begin if random() < 0.3 then perform pg_sleep(0.2); end if; return new; end $$`,
		);
		await queue.sql(
			`create trigger hold_entry after insert on "${table}" for each row execute function hold_entry()`,
		);
	});
	afterAll(async () => {
		await queue.sql(`drop trigger hold_entry on "${table}"`);
		await queue.sql('drop function hold_entry()');
	});

	it('one transaction for each payment, and no money goes back', async () => {
		const payments = paymentsOfFleet(PAYMENTS, (index) => `held_${index}`);
		await payAllAtOnce(payments);
		expect(await transactionsOf(payments)).toEqual(payments.map(() => 1));
		await until('all cars to charge', 60, async () =>
			(await balance(payments)).charging === PAYMENTS ? true : undefined,
		);
		expect(provider.refunds()).toEqual([]);
	}, 300_000);

	it('one start for each payment where PostgreSQL decides, as docs/workflows.md says', async () => {
		await queue.client.deactivate(workflows.payment.id);
		await queue.sql('create table payment_start (payment_id text primary key)');
		const postgres = await queue.client.createCredential('PostgreSQL', 'postgres', {
			host: '127.0.0.1',
			port: Number(await queue.sql('show port')),
			database: (await queue.sql('select current_database()')).trim(),
			user: (await queue.sql('select current_user')).trim(),
			password: '',
			ssl: 'disable',
		});
		workflows = await publish((payment) => decideByPostgres(payment, postgres));
		const payments = paymentsOfFleet(PAYMENTS, (index) => `strict_${index}`);
		const { words, starts } = await payAllAtOnce(payments);
		expect(words).toEqual({ charging: PAYMENTS, repeated: PAYMENTS * (WEBHOOKS - 1) });
		expect(starts).toBe(PAYMENTS);
		expect(provider.refunds()).toEqual([]);
	}, 300_000);
});

/** Puts the two nodes of docs/workflows.md between *Seen Before?* and *Start*. */
function decideByPostgres(payment: WorkflowFile, postgres: CredentialReference): void {
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	payment.nodes.push(
		{
			id: 'once',
			name: 'Once',
			type: 'n8n-nodes-base.postgres',
			typeVersion: 2.6,
			position: [0, 0],
			alwaysOutputData: true,
			credentials: { postgres },
			parameters: {
				operation: 'executeQuery',
				query:
					'INSERT INTO payment_start (payment_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING payment_id',
				options: { queryReplacement: "={{ [$('Payment').first().json.paymentId] }}" },
			},
		},
		{
			...payment.nodes.find(({ name }) => name === 'Seen Before?')!,
			id: 'first',
			name: 'First?',
		},
	);
	const { conditions } = structuredClone(payment.nodes.at(-1)!.parameters) as unknown as {
		conditions: { conditions: Array<{ leftValue: string }> };
	};
	conditions.conditions[0].leftValue = '={{ $json.payment_id !== undefined }}';
	payment.nodes.at(-1)!.parameters = { conditions } as never;
	payment.connections['Seen Before?'].main[1] = to('Once');
	payment.connections.Once = { main: [to('First?')] };
	payment.connections['First?'] = { main: [to('Start'), to('Remove Own Record')] };
}

it('a worker is killed during payments with and without a car: none is left without charge or refund', async () => {
	const payments = paymentsOfFleet(PAYMENTS, (index) => `killed_${index}`);
	const withCar = payments.filter((_, index) => index % 2 === 0);
	for (const { stationId } of withCar) await site.plugIn(stationId, 1, { authorize: false });
	// Each run is held at its second look: the first one is that of Start.
	const looks = new Map<string, number>();
	decide = ({ method, path }) => {
		if (method !== 'GET' || !path.includes('/transactions')) return undefined;
		const [station] = path.split('/transactions');
		const look = looks.get(station) ?? 0;
		looks.set(station, look + 1);
		return look === 1 ? { held: 'request' } : undefined;
	};
	for (const payment of payments) void pay(payment);
	await until('all runs to be held', 120, () =>
		[...looks.values()].filter((look) => look > 1).length === PAYMENTS ? true : undefined,
	);
	await queue.kill('worker1');
	api.release();
	await queue.start('worker1');
	const cutOff = await balance(payments);
	console.log('killed:', cutOff);
	await until('every entry to be closed', 200, async () => {
		await workflows.runSweep();
		const open = (await workflows.ledger()).filter(({ state }) =>
			['open', 'refunding'].includes(state),
		);
		return open.length === 0 || undefined;
	});
	const swept = await balance(payments);
	console.log('swept:', swept);
	expect(swept).toEqual({
		charging: PAYMENTS / 2,
		refunded: PAYMENTS / 2,
		moneyWithoutCharge: 0,
		chargeWithoutMoney: 0,
	});
	const people = (await workflows.ledger()).filter(({ state }) => state === 'personNeeded');
	expect(people).toEqual([]);
}, 500_000);
