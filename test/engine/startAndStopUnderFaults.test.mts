import { credentialsFor } from '../../host/credentials.mts';
import { byId } from '../support/chargerOperations.mts';
import { startFaultyProxy, type FaultyProxy, type ProxyFault } from '../support/faultyProxy.mts';
import { connectorIdOf, useSite } from '../support/site.mts';
import { runTransaction, waitForTransaction } from '../support/transactions.mts';

const CONNECTORS: Array<[stationId: string, evseId: number]> = [
	['DEPOT-DC-1', 1],
	['DEPOT-DC-1', 2],
	['OFFICE-AC-3', 1],
	['OFFICE-AC-1', 1],
];
const STATIONS = [...new Set(CONNECTORS.map(([stationId]) => stationId))];

/** The outcome of one command: whether it reaches the station, and what the user sees. */
interface Fate {
	name: string;
	fault?: ProxyFault;
	/** The fault affects only the first request, which is not carried out, so the command is sent again. */
	passes?: boolean;
	arrives: boolean;
	/** The error's words on the outcome; absent if the command may succeed. */
	says?: 'unknown';
}

const FATES: Fate[] = [
	{ name: 'nothing in the way', arrives: true },
	{
		name: '429',
		fault: { status: 429, headers: { 'Retry-After': '0' } },
		passes: true,
		arrives: true,
	},
	{ name: '500', fault: { status: 500, body: 'Broken' }, arrives: false, says: 'unknown' },
	{ name: '502', fault: { status: 502 }, arrives: false, says: 'unknown' },
	{
		name: '503',
		fault: { status: 503, headers: { 'Retry-After': '0' } },
		passes: true,
		arrives: true,
	},
	{ name: 'a reset', fault: { reset: true }, arrives: false, says: 'unknown' },
	{ name: 'a lost answer', fault: { lost: true }, arrives: true, says: 'unknown' },
];

const fateOf = (n: number): Fate => FATES[n % FATES.length];

const SAYS = {
	unknown: (howToFindOut: string) =>
		`It is not known whether the charger carried out the command. ${howToFindOut} Only then send it again.`,
};

const site = useSite();
let proxy: FaultyProxy | undefined;
afterEach(async () => {
	await proxy?.close();
	proxy = undefined;
});

/** Runs an operation of Charging Transaction behind a proxy that gives each item its outcome. */
async function runThroughFaults(
	operation: string,
	parameters: Record<string, unknown>,
	items: Array<{ key: string; fate: Fate }>,
) {
	const met = new Set<string>();
	const { requests, ...started } = await startFaultyProxy(site.rest, (_, { body, path }) => {
		const item = items.find(({ key }) => `${path} ${body}`.includes(key));
		if (item?.fate.passes && met.has(item.key)) return undefined;
		if (item) met.add(item.key);
		return item?.fate.fault;
	});
	proxy = { requests, ...started };
	const run = await runTransaction(site, operation, parameters, {
		credential: credentialsFor(site).accessToken({ baseUrl: proxy.baseUrl }),
		items,
		onError: 'continueRegularOutput',
	});
	return { requests, outputs: run.items.map(({ json }) => json) };
}

/** The OCPP messages of an action at all stations. */
const arrived = async (action: string) =>
	(await Promise.all(STATIONS.map((stationId) => site.messages(stationId, action)))).flat();

it('70 starts reach the stations at most once each, and unknown outcomes are reported', async () => {
	const items = Array.from({ length: 70 }, (_, n) => {
		const [stationId, evseId] = CONNECTORS[n % CONNECTORS.length];
		const connectorId = connectorIdOf(stationId, evseId);
		return { key: `CARD-${String(n).padStart(3, '0')}`, fate: fateOf(n), stationId, connectorId };
	});
	const { requests, outputs } = await runThroughFaults(
		'start',
		{
			stationId: byId('={{ $json.stationId }}'),
			connectorId: byId('={{ $json.connectorId }}'),
			idToken: '={{ $json.key }}',
			options: { timeLimit: 60 },
		},
		items,
	);

	expect(requests).toHaveLength(
		items.length + items.filter(({ fate: { passes } }) => passes).length,
	);
	const cards = (await arrived('RequestStartTransaction')).map(
		({ payload }) => (payload.idToken as { idToken: string }).idToken,
	);
	expect(cards.sort()).toEqual(items.filter(({ fate }) => fate.arrives).map(({ key }) => key));
	const find =
		'Look with Get Many, by station or Authorization Reference: a transaction that started is among them.';
	items.forEach(({ fate: { says } }, n) => {
		if (says) expect(outputs[n].message).toContain(SAYS[says](find));
	});
}, 120_000);

it('28 stops reach the stations at most once each, and unknown outcomes are reported', async () => {
	for (let round = 0; round < FATES.length; round++) {
		await site.reset();
		const items: Array<{ key: string; fate: Fate }> = [];
		for (const [n, [stationId, evseId]] of CONNECTORS.entries()) {
			await site.plugIn(stationId, evseId);
			const { txId } = await waitForTransaction(site, stationId, evseId, 'Charging');
			items.push({ key: txId, fate: fateOf(round + 2 * n) });
		}
		const { requests, outputs } = await runThroughFaults(
			'stop',
			{ txId: byId('={{ $json.key }}'), options: { timeLimit: 60 } },
			items,
		);
		await proxy?.close();

		expect(requests).toHaveLength(
			items.length + items.filter(({ fate: { passes } }) => passes).length,
		);
		const stopped = (await arrived('RequestStopTransaction')).map(
			({ payload }) => payload.transactionId,
		);
		expect(stopped.sort()).toEqual(
			items
				.filter(({ fate }) => fate.arrives)
				.map(({ key }) => key)
				.sort(),
		);
		const find = 'Look the transaction up: one that was stopped has the status Ended.';
		items.forEach(({ fate: { says } }, n) => {
			if (says) expect(outputs[n].message).toContain(SAYS[says](find));
			else expect(outputs[n].response).toBe('Accepted');
		});
	}
}, 120_000);
