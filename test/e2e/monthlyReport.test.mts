import { outputOf, type Execution } from '../../host/n8nClient.mts';
import { readWorkflow } from '../../host/workflows.mts';
import { startHost, type Host } from '../support/n8n.mts';
import { startPriceSource, type PriceSource } from '../support/priceSource.mts';
import { useSite } from '../support/site.mts';

const site = useSite();
let host: Host;
let receiver: PriceSource;

beforeAll(async () => {
	host = await startHost();
	receiver = await startPriceSource();
}, 900_000);
beforeEach(() => receiver.forget());
afterAll(async () => {
	await receiver?.stop();
	await host?.stop();
});

/**
 * Runs the workflow.
 * @param now the local time in its time zone, Europe/Helsinki; by default the real one
 * @param includeSimulated the switch in *Period*
 */
async function run(trigger: string, now?: string, includeSimulated = true): Promise<Execution> {
	const file = await readWorkflow('monthly-report');
	for (const { name, parameters } of file.nodes) {
		if (name === 'Send Report') parameters.url = receiver.notifyUrl;
		if (name === 'Period') {
			const { assignments } = parameters.assignments as {
				assignments: Array<{ name: string; value: unknown }>;
			};
			for (const field of assignments) {
				if (field.name === 'includeSimulated') field.value = includeSimulated;
				if (now !== undefined && typeof field.value === 'string') {
					field.value = field.value.replaceAll('$now', `DateTime.fromISO('${now}')`);
				}
			}
		}
	}
	const { id } = await host.client.importWorkflow(file, await host.credentialFor(site));
	const execution = await host.client.run(id, trigger);
	expect(execution.data.resultData.error).toBeUndefined();
	return execution;
}

/** A session in OFFICE-AC-3 of 5 kWh, without a cost. */
const session = (endTime: string | null, more: object = {}) => ({
	txId: `tx-${endTime}`,
	stationId: 'OFFICE-AC-3',
	evseId: '12',
	status: endTime === null ? 'Charging' : 'Ended',
	startTime: '2026-03-01T00:00:00.000Z',
	endTime,
	chargedEnergyKwh: 5,
	totalCostCents: null,
	paymentCurrency: null,
	authorizationReference: null,
	...more,
});

/** Lets ChargEye answer with these transactions. */
const answerWith = (...transactions: object[]) =>
	site.fault({ operationId: 'listTransactions', status: 200, body: { transactions } });

const textOfFile = async (execution: Execution, name: string) => {
	const [[item]] = execution.data.resultData.runData.Files[0].data!.main as Array<
		Array<{ binary: Record<string, { id: string; fileName: string; mimeType: string }> }>
	>;
	const { id, fileName, mimeType } = item.binary[name];
	return { fileName, mimeType, text: await host.client.file(id) };
};

describe('workflows/monthly-report.json', () => {
	it('counts each session in the month in which it ends, to the second, in winter and in summer time', async () => {
		await answerWith(
			session('2026-02-28T21:59:59.999Z'),
			session('2026-02-28T22:00:00.000Z', {
				chargedEnergyKwh: 10,
				totalCostCents: 250,
				paymentCurrency: 'EUR',
				authorizationReference: 'fleet-1',
			}),
			// Without an offset it is in UTC; in Helsinki there is no such time.
			session('2026-03-29T03:30:00', { totalCostCents: 0, paymentCurrency: 'EUR' }),
			session('2026-03-31T20:59:59.999Z', { stationId: 'DEPOT-DC-1', chargedEnergyKwh: 20.004 }),
			session('2026-03-31T21:00:00.000Z'),
			session('2026-03-10T12:00:00.000Z', { simulated: true }),
			session(null),
		);
		const execution = await run('Each Month', '2026-04-01T06:00', false);
		const { text, ...file } = await textOfFile(execution, 'csv');
		expect(file).toEqual({ fileName: 'charging-march-2026.csv', mimeType: 'text/csv' });
		expect(
			text
				.replace(/^\uFEFF/, '')
				.trim()
				.split(/\r?\n/),
		).toEqual([
			'by,name,sessions,kWh,cost,currency',
			'All,All sessions,3,35,8.5,EUR',
			'Authorization reference,none,2,25,6,EUR',
			'Authorization reference,fleet-1,1,10,2.5,EUR',
			'Station,DEPOT-DC-1,1,20,6,EUR',
			'Station,OFFICE-AC-3,2,15,2.5,EUR',
		]);
		expect(receiver.notifications()).toEqual([
			[
				'Charging in March 2026:',
				'All sessions: 3 sessions, 35 kWh, 8.50 EUR',
				'Authorization reference none: 2 sessions, 25 kWh, 6.00 EUR ██████████████',
				'Authorization reference fleet-1: 1 session, 10 kWh, 2.50 EUR █████',
				'Station DEPOT-DC-1: 1 session, 20 kWh, 6.00 EUR ███████████',
				'Station OFFICE-AC-3: 2 sessions, 15 kWh, 2.50 EUR ████████',
			].join('\n'),
		]);
		const chart = await textOfFile(execution, 'chart');
		expect(chart).toMatchObject({
			fileName: 'charging-march-2026.svg',
			mimeType: 'image/svg+xml',
		});
		expect(chart.text).toMatch(/^<svg [^]*>Energy in March 2026, kWh<[^]*<\/svg>$/);
		const widths = [...chart.text.matchAll(/<rect x="260" [^>]*width="([\d.]+)"/g)];
		expect(widths.map(([, width]) => Number(width))).toEqual([360, 144, 288, 216]);
	});

	it('a currency has rows of its own; a text is no formula and no part of the chart', async () => {
		await answerWith(
			session('2026-03-10T12:00:00Z', { authorizationReference: '=1+1,<b>"x"' }),
			session('2026-03-11T12:00:00Z', { totalCostCents: 1234, paymentCurrency: 'SEK' }),
		);
		const execution = await run('Each Month', '2026-04-01T00:05');
		const csv = await textOfFile(execution, 'csv');
		expect(csv.text).toContain(`Authorization reference,"'=1+1,<b>""x""",1,5,1.5,EUR`);
		expect(csv.text).toContain('All,All sessions,1,5,12.34,SEK');
		const chart = await textOfFile(execution, 'chart');
		expect(chart.text).not.toContain('<b>');
		expect(chart.text).toContain('=1+1,&#60;b&#62;&#34;x&#34;');
	});

	it.each([
		['2026-04-01T00:05', '2026-03-01T00:00:00.000+02:00', '2026-04-01T00:00:00.000+03:00'],
		['2026-03-29T04:00', '2026-02-01T00:00:00.000+02:00', '2026-03-01T00:00:00.000+02:00'],
		['2026-11-30T23:59', '2026-10-01T00:00:00.000+03:00', '2026-11-01T00:00:00.000+02:00'],
		['2027-01-01T00:05', '2026-12-01T00:00:00.000+02:00', '2027-01-01T00:00:00.000+02:00'],
	])('at %s the month is from %s to %s, and says that it is empty', async (now, from, to) => {
		const execution = await run('Each Month', now);
		const [period] = outputOf(execution, 'Period');
		expect(period).toMatchObject({ from, to });
		const asked = (await site.requests()).find(
			({ operationId }) => operationId === 'listTransactions',
		);
		expect(Date.parse(asked!.query.endDate)).toBe(Date.parse(to));
		expect(receiver.notifications()).toEqual([
			`No charging session ended in ${period.title as string}.`,
		]);
	});

	it('by hand it shows the last 30 days', async () => {
		await site.plugIn('OFFICE-AC-3', 1);
		await site.waitForPower('OFFICE-AC-3', 1, (powerKw) => powerKw > 5);
		await site.unplug('OFFICE-AC-3', 1);
		await run('By Hand');
		const [text] = receiver.notifications();
		expect(text).toMatch(/^Charging in the last 30 days:\nAll sessions: 1 session, .* EUR\n/);
		expect(text).toContain('\nStation OFFICE-AC-3: 1 session');
	});
});
