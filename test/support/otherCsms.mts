import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { RPCServer } from 'ocpp-rpc';
import type { StationClient } from '../../sandbox/csms/connectedStation.mts';
import type { CsmsMessages, TransactionEvent } from '../../sandbox/ocpp/messages.mts';

type Action = keyof CsmsMessages;

/** A message that a station sent. */
export interface Received {
	method: string;
	params: Record<string, unknown>;
}

/** How to answer an action; undefined answers as usual. */
export type Answers = {
	[A in Action]?: (
		request: CsmsMessages[A]['request'],
	) => CsmsMessages[A]['response'] | Promise<CsmsMessages[A]['response']> | undefined;
};

/** Another CSMS than the sandbox's: only ocpp-rpc and the messages that a station sends. */
export async function startOtherCsms(answers: Answers = {}, port = 0) {
	const rpc = new RPCServer({ protocols: ['ocpp2.0.1'], strictMode: true });
	const received: Received[] = [];
	const frames: string[] = [];
	const arrivals = new EventEmitter();
	const clients: StationClient[] = [];
	rpc.on('client', (connected: StationClient) => {
		clients.push(connected);
		connected.on('call', ({ outbound, payload }: { outbound: boolean; payload: string[] }) => {
			if (!outbound) frames.push(payload[2]);
		});
		connected.on('response', ({ outbound }: { outbound: boolean }) => {
			if (!outbound) frames.push('response');
		});
		connected.handle(async ({ method = '', params }) => {
			received.push({ method, params: params as Received['params'] });
			arrivals.emit('message');
			const answer = answers[method as Action] as ((request: unknown) => unknown) | undefined;
			return (await answer?.(params)) ?? usualAnswer(method);
		});
	});
	const server = await rpc.listen(port, '127.0.0.1');
	const { port: opened } = server.address() as AddressInfo;
	return {
		endpoint: `ws://127.0.0.1:${opened}`,
		/** Every connection so far. */
		clients,
		/** Everything that stations sent, oldest first. */
		received,
		/** The order in which calls, by action, and responses arrived. */
		frames,
		/** The TransactionEvents among it. */
		events: () =>
			received
				.filter(({ method }) => method === 'TransactionEvent')
				.map(({ params }) => params as unknown as TransactionEvent),
		/** The actions of all messages so far. */
		methods: () => received.map(({ method }) => method),
		/** How to answer from now on. */
		answers,
		/** Resolves when a condition holds after a message; rejects after 10 s. */
		async waitFor(what: string, condition: () => boolean): Promise<void> {
			const signal = AbortSignal.timeout(10_000);
			while (!condition()) {
				await once(arrivals, 'message', { signal }).catch(() => {
					throw new Error(`Gave up after 10 s of waiting for ${what}.`);
				});
			}
		},
		/** Sends the station that connected last a request. */
		call: (action: string, request: unknown): Promise<unknown> => {
			const client = clients.at(-1);
			if (client === undefined) throw new Error('No station is connected.');
			return client.call(action, request);
		},
		close: () => rpc.close({ force: true }),
	};
}

export type OtherCsms = Awaited<ReturnType<typeof startOtherCsms>>;

function usualAnswer(method: string): object {
	const currentTime = new Date().toISOString();
	switch (method) {
		case 'BootNotification':
			return { status: 'Accepted', currentTime, interval: 300 };
		case 'Heartbeat':
			return { currentTime };
		case 'Authorize':
			return { idTokenInfo: { status: 'Accepted' } };
		default:
			return {};
	}
}
