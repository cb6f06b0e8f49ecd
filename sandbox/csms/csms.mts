import { createServer, type Server } from 'node:http';
import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { RPCServer } from 'ocpp-rpc';
import { RPCSecurityError, TimeoutError } from 'ocpp-rpc/lib/errors.js';
import type { IdToken, StationMessages } from '../ocpp/messages.mts';
import { OCPP_PROTOCOL } from '../ocpp/messages.mts';
import type { MessageLog } from '../ocpp/messageLog.mts';
import { problemOfRequest } from '../ocpp/requestSchemas.mts';
import { MAX_PAYLOAD, OWN_USER_AGENT, REPLACED, RPC_OPTIONS } from '../ocpp/rpcOptions.mts';
import type { SimulatedClock } from '../clock.mts';
import type { StationAsset } from '../fleet.mts';
import { Cards, type CardsSnapshot } from './cards.mts';
import { ConnectedStation, type LimitsSnapshot, type StationClient } from './connectedStation.mts';
import {
	InvalidRequestError,
	StationFailedError,
	StationOfflineError,
	StationUnreachableError,
} from './stationErrors.mts';
import { messageHandlers } from './stationMessages.mts';
import { TransactionRecords, type RecordSnapshot } from './transactionRecords.mts';
import { isStationId, UnregisteredStation } from './unregisteredStation.mts';

/** How long to wait for what stations do, and how much longer for each of them. */
const PATIENCE_MS = 10_000;
const PATIENCE_A_STATION_MS = 50;

export interface CsmsOptions {
	clock: SimulatedClock;
	/** Where the messages of all stations are logged. */
	messages: MessageLog;
	assets: readonly StationAsset[];
	/** Whether stations that are not among the assets may connect; by default not. */
	unknownStations?: 'refuse' | 'accept';
	/** How long a station may take to answer a command (ms). */
	answerTimeoutMs: number;
}

/** All that the central system knows and its stations do not tell again. */
export interface CsmsSnapshot {
	cards: CardsSnapshot;
	transactions: readonly RecordSnapshot[];
	limits: readonly LimitsSnapshot[];
}

/**
 * The charging-station management system: accepts the registered stations over OCPP 2.0.1, and others if it
 * may, keeps what they report, and sends them commands. It assumes nothing that a station has not reported.
 */
export class Csms {
	readonly stations = new Map<string, ConnectedStation>();
	readonly transactions = new TransactionRecords();
	readonly cards = new Cards();
	readonly #assets: readonly StationAsset[];
	readonly #clock: SimulatedClock;
	readonly #messages: MessageLog;
	readonly #rpc: RPCServer;
	readonly #answerTimeoutMs: number;
	readonly #events = new EventEmitter();
	readonly server: Server;

	constructor({
		clock,
		messages,
		assets,
		unknownStations = 'refuse',
		answerTimeoutMs,
	}: CsmsOptions) {
		this.#messages = messages;
		this.#clock = clock;
		this.#answerTimeoutMs = answerTimeoutMs;
		this.#assets = assets;
		this.#register();
		this.#rpc = new RPCServer({
			...RPC_OPTIONS,
			callTimeoutMs: answerTimeoutMs,
			wssOptions: { maxPayload: MAX_PAYLOAD },
		});
		this.#rpc.auth((accept, reject, { identity, protocols, headers }) => {
			const isKnown = this.stations.has(identity);
			if (!isKnown && unknownStations === 'refuse') reject(404, 'Unknown charging station');
			else if (!isKnown && !isStationId(identity))
				reject(400, 'This is no ID of a charging station');
			else if (!protocols.has(OCPP_PROTOCOL))
				reject(400, `Only the protocol ${OCPP_PROTOCOL} is supported`);
			else if (isOwn(headers) && this.isTaken(identity))
				reject(409, 'Another station is connected');
			else accept({}, OCPP_PROTOCOL);
		});
		this.#rpc.on('client', (client: StationClient) => this.#serve(client));
		this.server = createServer((_request, response) => {
			response.writeHead(426, { 'Content-Type': 'text/plain' });
			response.end(`Charging stations connect here by WebSocket (${OCPP_PROTOCOL}).\n`);
		});
		const { handleUpgrade } = this.#rpc;
		this.server.on('upgrade', (request, socket: Socket, head) => {
			void handleUpgrade(request, socket, head);
		});
	}

	/**
	 * Sends a command and resolves with the station's own answer.
	 * @throws StationUnreachableError when it is offline or does not answer in time
	 * @throws StationFailedError when it answers with an error
	 */
	async call<Action extends keyof StationMessages>(
		stationId: string,
		action: Action,
		request: StationMessages[Action]['request'],
	): Promise<StationMessages[Action]['response']> {
		// ocpp-rpc validates the answer against the official schema.
		return (await this.request(stationId, action, request)) as StationMessages[Action]['response'];
	}

	/**
	 * Sends any request of OCPP 2.0.1 and resolves with the station's own answer.
	 * @throws InvalidRequestError when it is not valid by OCPP's schemas; otherwise like `call`
	 */
	async request(stationId: string, action: string, request: object): Promise<unknown> {
		const client = this.stations.get(stationId)?.client;
		if (client === undefined) {
			throw new StationOfflineError(
				`Charging station ${stationId} is offline: ${action} was not sent.`,
			);
		}
		const problem = problemOfRequest(action, request);
		if (problem !== undefined) throw new InvalidRequestError(problem);
		if ('idToken' in request) this.cards.issue(request.idToken as IdToken);
		this.#messages.noteCause(request);
		try {
			return await client.call(action, request);
		} catch (error) {
			throw this.#explain(error, stationId, action);
		}
	}

	/**
	 * Resolves when the condition is true. It is checked whenever a station sends something, connects or disconnects.
	 * @param what names the condition in the error that comes after 10 s, or later if there are many stations
	 */
	async until(what: string, condition: () => boolean): Promise<void> {
		const patienceMs = PATIENCE_MS + this.stations.size * PATIENCE_A_STATION_MS;
		const signal = AbortSignal.timeout(patienceMs);
		while (!condition()) {
			await once(this.#events, 'change', { signal }).catch(() => {
				throw new Error(`Gave up after ${patienceMs / 1000} s of waiting for ${what}.`);
			});
		}
	}

	/** Calls the listener after each answer to a TransactionEvent. */
	onTransactionEvent(listener: (station: ConnectedStation) => void): void {
		this.#events.on('transaction', listener);
	}

	/**
	 * Forgets everything that was reported, and lets every simulated station boot again. A station of another make stays
	 * connected, with what it said about itself; only its transactions and limits are forgotten.
	 */
	async reset(): Promise<void> {
		this.transactions.clear();
		this.cards.clear();
		const left = [...this.stations.values()].filter(({ asset }) => !this.isTaken(asset.stationId));
		this.#register();
		await Promise.all(left.map(({ connection }) => connection?.close({ code: 1012, force: true })));
	}

	snapshot(): CsmsSnapshot {
		return {
			cards: this.cards.snapshot(),
			transactions: this.transactions.snapshot(),
			limits: [...this.stations.values()].map((station) => station.snapshot()),
		};
	}

	/** Continues from a snapshot; after a reset. What belongs to stations that are not registered is left out. */
	restore({ cards, transactions, limits }: CsmsSnapshot): void {
		this.cards.restore(cards);
		this.transactions.restore(
			transactions.filter(({ record }) => this.stations.has(record.stationId)),
		);
		for (const snapshot of limits) this.stations.get(snapshot.stationId)?.restore(snapshot);
	}

	/** Whether a station of another make is connected with this ID. */
	isTaken(stationId: string): boolean {
		const connection = this.stations.get(stationId)?.connection;
		return connection !== undefined && !isOwn(connection.handshake.headers);
	}

	async close(): Promise<void> {
		await this.#rpc.close({ code: 1001, reason: 'Going away', force: true });
		await new Promise((resolve) => this.server.close(resolve));
	}

	#register(): void {
		const taken = new Map([...this.stations].filter(([stationId]) => this.isTaken(stationId)));
		this.stations.clear();
		for (const asset of this.#assets) {
			this.stations.set(
				asset.stationId,
				taken.get(asset.stationId) ?? new ConnectedStation(asset, this.transactions),
			);
		}
		for (const [stationId, station] of taken) {
			station.forgetLimits();
			this.stations.set(stationId, station);
		}
	}

	#stationOf(stationId: string): ConnectedStation {
		const known = this.stations.get(stationId);
		if (known) return known;
		const station = new UnregisteredStation(stationId, this.transactions);
		this.stations.set(stationId, station);
		return station;
	}

	#serve(client: StationClient): void {
		const station = this.#stationOf(client.identity ?? '');
		// A station that reconnects before its old connection is seen to be dead replaces it, or another station does.
		void station.connection?.close({ code: REPLACED, reason: 'Another station has this ID' });
		station.connection = client;
		this.#messages.follow(client, station.asset.stationId, 'csms');
		// Only a station that has not rebooted may continue without a BootNotification.
		station.client = station.booted ? client : undefined;
		this.#events.emit('change');

		const handlers = Object.entries<(request: never) => object>(
			messageHandlers(station, { cards: this.cards, clock: this.#clock }),
		);
		for (const [action, answer] of handlers) {
			client.handle(action, ({ params }) => {
				if (action === 'BootNotification') this.#onBoot(station, client);
				// B02.FR.09
				if (station.client !== client) throw new RPCSecurityError('Send a BootNotification first');
				// ocpp-rpc has validated the request against the official schema.
				const response = answer(params as never);
				this.#events.emit('change');
				// Only after the answer.
				if (action === 'TransactionEvent') {
					setImmediate(() => this.#events.emit('transaction', station));
				}
				return Promise.resolve(response);
			});
		}
		client.on('close', () => {
			if (station.client === client) station.client = undefined;
			if (station.connection === client) station.connection = undefined;
			this.#events.emit('change');
		});
	}

	#onBoot(station: ConnectedStation, client: StationClient): void {
		station.client = client;
		station.booted = true;
		// Only after the answer, since nothing may be requested from a station before its boot is accepted.
		setImmediate(() => void this.#readCapabilities(station));
	}

	/**
	 * Asks which rate units the station supports (if it does not say, both are assumed), and which of the vendor's conditions
	 * of charging profiles it watches.
	 */
	async #readCapabilities(station: ConnectedStation): Promise<void> {
		try {
			station.onCapabilities(
				await this.call(station.asset.stationId, 'GetVariables', {
					getVariableData: [variableOf('RateUnit'), variableOf('ProfileConditions')],
				}),
			);
		} catch (error) {
			// Going offline while an answer is outstanding is normal.
			if (!station.online) return;
			console.error(
				`${station.asset.stationId}: could not read its capabilities: ${String(error)}`,
			);
		}
		this.#events.emit('change');
	}

	#explain(error: unknown, stationId: string, action: string): Error {
		const subject = `Charging station ${stationId}`;
		if (error instanceof TimeoutError) {
			return new StationUnreachableError(
				`${subject} did not answer ${action} within ${this.#answerTimeoutMs / 1000} s.`,
			);
		}
		if (error instanceof Error && 'rpcErrorCode' in error) {
			return new StationFailedError(
				`${subject} answered ${action} with ${String(error.rpcErrorCode)}: ${error.message}`,
			);
		}
		return new StationUnreachableError(`${subject} went offline before it answered ${action}.`);
	}
}

const variableOf = (name: string) => ({
	component: { name: 'SmartChargingCtrlr' },
	variable: { name },
});

/** Whether a connection comes from one of the sandbox's own simulated stations. */
const isOwn = (headers: StationClient['handshake']['headers']): boolean =>
	headers['user-agent'] === OWN_USER_AGENT;
