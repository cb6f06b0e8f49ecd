import { RPCClient } from 'ocpp-rpc';
import pLimit, { type Limit } from 'p-limit';
import type {
	BootReason,
	CsmsMessages,
	StationMessages,
	TransactionEvent,
} from '../ocpp/messages.mts';
import type { MessageLog } from '../ocpp/messageLog.mts';
import { MAX_PAYLOAD, OWN_USER_AGENT, REPLACED, RPC_OPTIONS } from '../ocpp/rpcOptions.mts';
import { Outbox, pause, type Delivery } from './outbox.mts';
import { ScriptedAnswers } from './scriptedAnswers.mts';

/** What a station does when the CSMS asks. */
export type StationHandlers = {
	[Action in keyof StationMessages]: (
		request: StationMessages[Action]['request'],
	) => StationMessages[Action]['response'];
};

export interface LinkOptions {
	stationId: string;
	csms: CentralSystem;
	/** Where its messages are logged; absent if the CSMS logs them. */
	messages?: MessageLog;
	model: string;
	handlers: StationHandlers;
	/** Carries out a request now. */
	carryOut: (request: () => object) => object;
	/** The StatusNotifications to send once the CSMS has accepted the boot. */
	statuses: () => CsmsMessages['StatusNotification']['request'][];
	onConnectionChange: () => void;
	/** The CSMS has told the time. */
	onTime: () => void;
	/** What the CSMS answered to an event of a transaction. */
	onTransactionAnswer: (
		transactionId: string,
		answer: CsmsMessages['TransactionEvent']['response'],
	) => void;
	delivery?: Delivery;
	/** Stations of a large fleet take turns to send their events. */
	turns?: Limit;
}

/** A central system that stations connect to. */
export interface CentralSystem {
	/** `ws://…` or `wss://…`; a station connects to `<endpoint>/<its ID>`. */
	endpoint: string;
	/** What it authenticates stations with, by their ID and HTTP basic authentication (A00.FR.204). */
	password?: string;
}

/** Who makes the simulated stations. */
export const VENDOR_NAME = 'Simulated';

/** How long a station waits before it tries again to connect, in real time. */
const CONNECT_INTERVAL_MS = 2000;

/** How long a station waits for a boot, or between heartbeats, if the CSMS does not say (s). */
const BOOT_INTERVAL_S = 10;

const DELIVERY: Delivery = { timeoutMs: 30_000, attempts: 5, intervalMs: 1000 };

/** A station's connection to its CSMS: boots, reports, answers. */
export class Link {
	readonly script = new ScriptedAnswers();
	/** The CSMS may change it. */
	readonly delivery: Delivery;
	/** The TransactionEvents that the CSMS has still to answer. */
	readonly outbox: Outbox;
	readonly #options: LinkOptions;
	readonly #client: RPCClient;
	#lastTold: Promise<unknown> = Promise.resolve();
	#bootReason: BootReason | undefined = 'PowerUp';
	#starting: Promise<void> = Promise.resolve();
	#registered = false;
	#heartbeatIntervalS = BOOT_INTERVAL_S;
	#heartbeat: NodeJS.Timeout | undefined;
	#nextStep: NodeJS.Timeout | undefined;
	#wantsConnection = false;
	#closed = false;

	constructor(options: LinkOptions) {
		this.#options = options;
		this.delivery = { ...(options.delivery ?? DELIVERY) };
		this.#client = new RPCClient({
			...RPC_OPTIONS,
			identity: options.stationId,
			endpoint: options.csms.endpoint,
			password: options.csms.password ?? null,
			headers: { 'user-agent': OWN_USER_AGENT },
			wsOpts: { maxPayload: MAX_PAYLOAD },
			callTimeoutMs: this.delivery.timeoutMs,
			reconnect: true,
			maxReconnects: Infinity,
			backoff: { initialDelay: 500, maxDelay: 10_000, factor: 2, randomisationFactor: 0.25 },
		});
		const turns = options.turns ?? pLimit(1);
		this.outbox = new Outbox({
			stationId: options.stationId,
			delivery: this.delivery,
			isOnline: () => this.online,
			send: (event) => turns(() => this.#sendEvent(event)),
		});
		options.messages?.follow(this.#client, options.stationId, 'station');
		for (const [action, handler] of Object.entries<(request: never) => object>(options.handlers)) {
			this.#client.handle(action, ({ params }) =>
				Promise.resolve(
					// ocpp-rpc has validated the request against the official schema of this action.
					this.script.play(action) ?? options.carryOut(() => handler(params as never)),
				),
			);
		}
		this.#client.on('open', () => {
			this.#starting = this.#start();
		});
		this.#client.on('disconnect', ({ code }: { code: number }) => {
			// A station of another make has taken this one's place, and keeps it.
			if (code === REPLACED) this.#setReconnect(false);
			clearTimeout(this.#nextStep);
			this.#setRegistered(false);
		});
	}

	/** Connected, and accepted by the CSMS. */
	get online(): boolean {
		return this.#registered;
	}

	/**
	 * Resolves when the station has booted and reported, or the CSMS has not accepted the boot.
	 * @throws Error when it cannot connect, and after `close`
	 */
	async connect(): Promise<void> {
		if (this.#closed) throw new Error(`${this.#options.stationId} has been taken away.`);
		this.#wantsConnection = true;
		this.#setReconnect(true);
		await this.#client.connect();
		await this.#starting;
	}

	/** Connects like `connect`; if that fails, says so, and tries again until it succeeds. */
	async keepConnecting(): Promise<void> {
		const tryAgain = () =>
			this.connect().catch(() => void this.#later(CONNECT_INTERVAL_MS, tryAgain));
		await this.connect().catch((error: unknown) => {
			console.error(`${this.#options.stationId}: could not connect, tries again: ${String(error)}`);
			this.#later(CONNECT_INTERVAL_MS, tryAgain);
		});
	}

	/** Does the next step of connecting after a while, unless the station goes offline before. */
	#later(ms: number, step: () => Promise<void>): void {
		if (this.#wantsConnection) this.#nextStep = setTimeout(() => void step(), ms).unref();
	}

	/** Breaks the connection, as a lost network does, or closes it properly. */
	async disconnect({ lost }: { lost: boolean }): Promise<void> {
		this.#wantsConnection = false;
		clearTimeout(this.#nextStep);
		this.#setRegistered(false);
		await this.#client.close({ code: 1000, force: lost });
	}

	/** Closes the connection properly, waits, and connects again with a BootNotification. */
	async reboot(reason: BootReason, downForMs: number): Promise<void> {
		await this.outbox.drained;
		await this.disconnect({ lost: false });
		this.#bootReason = reason;
		await pause(downForMs);
		if (!this.#closed) await this.connect();
	}

	/** Sends the CSMS a message that is not worth keeping while the CSMS cannot be reached. */
	send<Action extends keyof CsmsMessages>(
		action: Action,
		request: CsmsMessages[Action]['request'],
	): Promise<CsmsMessages[Action]['response'] | undefined> {
		const answer = this.online
			? this.#call(action, request).catch((error: unknown) => {
					// Going offline while an answer is outstanding is normal.
					if (this.online) {
						console.error(`${this.#options.stationId}: ${action} failed: ${String(error)}`);
					}
					return undefined;
				})
			: Promise.resolve(undefined);
		this.#lastTold = answer;
		return answer;
	}

	/** Resolves when every message sent so far has been answered or dropped. */
	async settled(): Promise<void> {
		await this.outbox.drained;
		await this.#lastTold;
	}

	async #call<Action extends keyof CsmsMessages>(
		action: Action,
		request: CsmsMessages[Action]['request'],
	): Promise<CsmsMessages[Action]['response']> {
		// ocpp-rpc has validated the answer against the official schema.
		return (await this.#client.call(action, request)) as CsmsMessages[Action]['response'];
	}

	/** Boots if necessary, and reports; a boot that is not accepted is tried again later. */
	async #start(): Promise<void> {
		if (this.#bootReason !== undefined && !(await this.#boot(this.#bootReason))) return;
		this.#setRegistered(true);
		for (const status of this.#options.statuses()) await this.send('StatusNotification', status);
		await this.outbox.drain();
	}

	/** Whether the CSMS accepts the boot (B01); if it does not, the station asks again after the interval (B02, B03). */
	async #boot(reason: BootReason): Promise<boolean> {
		const { stationId, model } = this.#options;
		clearTimeout(this.#nextStep);
		const answer = await this.#call('BootNotification', {
			reason,
			chargingStation: {
				model,
				vendorName: VENDOR_NAME,
				serialNumber: stationId,
				firmwareVersion: '1.0.0',
			},
		}).catch((error: unknown) => {
			console.error(`${stationId}: could not boot: ${String(error)}`);
		});
		// 0 leaves the interval to the station.
		const intervalMs = (answer?.interval || BOOT_INTERVAL_S) * 1000;
		if (answer?.status !== 'Accepted') {
			this.#later(intervalMs, () => this.#start());
			return false;
		}
		this.#bootReason = undefined;
		this.heartbeatIntervalS = intervalMs / 1000;
		this.#options.onTime();
		return true;
	}

	/** HeartbeatInterval of OCPPCommCtrlr, in real time; the answer to a boot sets it, too. */
	get heartbeatIntervalS(): number {
		return this.#heartbeatIntervalS;
	}

	set heartbeatIntervalS(seconds: number) {
		this.#heartbeatIntervalS = seconds;
		clearInterval(this.#heartbeat);
		this.#heartbeat = setInterval(() => void this.sendHeartbeat(), seconds * 1000).unref();
	}

	async sendHeartbeat(): Promise<void> {
		if ((await this.send('Heartbeat', {})) !== undefined) this.#options.onTime();
	}

	/** Boots at once, instead of after the interval, while the CSMS has not accepted the boot. */
	bootAgain(): void {
		this.#bootReason = 'Triggered';
		void this.#start();
	}

	/** @throws Error if the connection has been lost while the station waited for its turn */
	async #sendEvent(event: TransactionEvent): Promise<void> {
		if (!this.online) throw new Error('The connection is lost.');
		const answer = await this.#call('TransactionEvent', event);
		this.#options.onTransactionAnswer(event.transactionInfo.transactionId, answer);
	}

	#setReconnect(reconnect: boolean): void {
		// All options have defaults, whatever their type says.
		this.#client.reconfigure({ reconnect } as Parameters<RPCClient['reconfigure']>[0]);
	}

	#setRegistered(registered: boolean): void {
		if (this.#registered === registered) return;
		this.#registered = registered;
		this.#options.onConnectionChange();
	}

	/** Ends the connection and the heartbeat for good. */
	async close(): Promise<void> {
		this.#closed = true;
		clearInterval(this.#heartbeat);
		await this.disconnect({ lost: true });
	}
}
