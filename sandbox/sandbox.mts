import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Document } from 'openapi-backend';
import { parse } from 'yaml';
import { SimulatedClock } from './clock.mts';
import { controlApi } from './control/controlApi.mts';
import { refusalOf } from './control/stepChecks.mts';
import { Csms } from './csms/csms.mts';
import { Faults } from './faults/faults.mts';
import type { StationAsset } from './fleet.mts';
import { HttpError } from './http/httpError.mts';
import { operationIds, sendError } from './http/openApiServer.mts';
import { stationsOfFleet } from './largeFleet.mts';
import { Lifecycle } from './lifecycle.mts';
import { MessageLog } from './ocpp/messageLog.mts';
import { Feed } from './page/feed.mts';
import { page } from './page/page.mts';
import { Random } from './random.mts';
import { RequestLog } from './rest/requestLog.mts';
import { restApi } from './rest/restApi.mts';
import { Tokens } from './rest/tokens.mts';
import type { Dialect } from './rest/views.mts';
import { Scenarios } from './scenarios/scenarios.mts';
import type { SandboxState } from './state/state.mts';
import type { CentralSystem } from './stations/link.mts';
import { SimulatedFleet } from './stations/simulatedFleet.mts';

export interface SandboxOptions {
	/** Port of the page, the REST and the control API; 0 for any free one. */
	port: number;
	/** Port of the CSMS; 0 for any free one. */
	ocppPort: number;
	/** How many charging stations there are. */
	stations: number;
	/** Whether stations that nobody has registered may connect. */
	unknownStations: 'refuse' | 'accept';
	/** Another central system for the simulated stations. */
	csms?: CentralSystem;
	/** Whether cars charge from the start. */
	cars: boolean;
	/** Transactions per page of a list. */
	pageSize: number;
	/** How long a station may take to answer a command (s). */
	answerTimeoutS: number;
	/** What to continue from, as parsed from JSON; absent: from nothing. */
	state?: unknown;
	/** How the API shows stations and transactions. */
	dialect: Dialect;
	/** What random faults and scenarios are drawn from; absent: 1, or what a scenario says. */
	seed?: number;
	/** The scenario to start with: a name, or the path of a YAML file. */
	scenario?: string;
}

export interface Sandbox {
	/** The page to watch the stations on. */
	page: string;
	/** Base URL of the ChargeEye API. */
	rest: string;
	/** The CSMS, to which a station connects as `<ocpp>/<stationId>`. */
	ocpp: string;
	/** The CSMS that the simulated stations connect to. */
	csms: string;
	/** Base URL of the control API. */
	control: string;
	accessToken: string;
	refreshToken: string;
	/** All that it knows now. */
	state: () => SandboxState;
	close: () => Promise<void>;
}

/** The station with the numbers of its EVSEs as the API's connector IDs. */
const withNumbers = (asset: StationAsset): StationAsset => ({
	...asset,
	evses: asset.evses.map((evse) => ({ ...evse, connectorId: String(evse.evseId) })),
});

const DEFAULT_SEED = 1;

/** Loopback only: the control API needs no token. */
const HOST = '127.0.0.1';
const CONTRACT = new URL('../nodes/shared/chargeye/openapi.yaml', import.meta.url);
const CONTROL = new URL('./control/control.yaml', import.meta.url);

/**
 * Starts a local ChargeEye: the API of the contract in front, OCPP 2.0.1 behind it, and simulated
 * stations. Resolves when every station has reported, or has tried to with another CSMS.
 * @throws the error of `listen` when a port is in use
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
	const clock = new SimulatedClock();
	const random = new Random(options.seed ?? DEFAULT_SEED);
	const tokens = new Tokens(() => clock.now());
	const faults = new Faults(random);
	const requests = new RequestLog(clock);
	const messages = new MessageLog(clock);
	const assets = stationsOfFleet(options.stations);
	const csms = new Csms({
		clock,
		messages,
		unknownStations: options.unknownStations,
		assets: options.dialect === 'former' ? assets.map(withNumbers) : assets,
		answerTimeoutMs: options.answerTimeoutS * 1000,
	});
	const app = express().disable('x-powered-by');
	const server = createServer(app);
	await listen(server, options.port);
	await listen(csms.server, options.ocppPort);

	const origin = `http://${HOST}:${portOf(server)}`;
	const ocpp = `ws://${HOST}:${portOf(csms.server)}`;
	const elsewhere = options.csms;
	const fleet = new SimulatedFleet({
		assets,
		csms: elsewhere ?? { endpoint: ocpp },
		clock,
		messages: elsewhere && messages,
	});
	/** Resolves when the CSMS has noticed something; another one shows nothing. */
	const csmsSees = (what: string, condition: () => boolean): Promise<void> =>
		elsewhere ? Promise.resolve() : csms.until(what, condition);
	// At a high speed stations would have more to say than they can.
	clock.waitWhile(() => fleet.isBehind);
	const feed = new Feed({
		fleet,
		clock,
		requests,
		messages,
		isPowerLimit: (stationId, profileId) =>
			(csms.stations.get(stationId)?.limits.inProfile(profileId).length ?? 0) > 0,
	});
	const lifecycle = new Lifecycle({
		clock,
		csms,
		fleet,
		csmsSees,
		usual: { cars: options.cars, seed: options.seed ?? DEFAULT_SEED },
		stopPlaying: () => scenarios.clear(),
		clear: (seed) => {
			faults.clear();
			random.restart(seed);
			requests.clear();
			messages.clear();
			feed.restart();
			tokens.restore();
		},
	});
	const scenarios: Scenarios = new Scenarios({
		clock,
		timeZone: assets[0].location.timeZone,
		reset: (seed, then) => lifecycle.reset({ cars: false, seed }, then),
		control: () => ({ ...control, refusalOf: refusalOf(fleet, operations) }),
	});

	const contract = await load(CONTRACT);
	app.use(
		'/api',
		await restApi({
			document: contract,
			csms,
			clock,
			tokens,
			faults,
			requests,
			pageSize: options.pageSize,
			dialect: options.dialect,
		}),
	);
	const operations = operationIds(contract);
	const control = await controlApi({
		document: await load(CONTROL),
		clock,
		fleet,
		cards: csms.cards,
		tokens,
		faults,
		operations,
		scenarios,
		messages,
		requests,
		lifecycle,
		events: () => csms.transactions.events,
		send: (stationId, action, request) => {
			if (!elsewhere || csms.isTaken(stationId)) return csms.request(stationId, action, request);
			throw new HttpError(
				409,
				`${stationId} is connected to ${elsewhere.endpoint}: ask it from there.`,
			);
		},
		isRegistered: (stationId) => csms.stations.has(stationId),
		cloudSees: (stationId, online) =>
			csmsSees(
				`${stationId} to be ${online ? 'online' : 'offline'}`,
				() => csms.stations.get(stationId)?.online === online,
			),
	});
	app.use('/control', control.router);
	app.use(page(feed));
	app.use((request, response) => {
		const notFound = new HttpError(
			404,
			`There is nothing at ${request.path}: try /, /api or /control.`,
		);
		response.status(notFound.status).json(notFound);
	});
	app.use(sendError);
	await (options.state === undefined ? lifecycle.reset() : lifecycle.continueFrom(options.state));
	if (options.scenario !== undefined) await scenarios.open(options.scenario, options.seed);

	return {
		page: `${origin}/`,
		rest: `${origin}/api`,
		ocpp,
		csms: elsewhere?.endpoint ?? ocpp,
		control: `${origin}/control`,
		accessToken: tokens.issue('access').token,
		refreshToken: tokens.issue('refresh').token,
		state: () => lifecycle.state(),
		close: () => {
			feed.stop();
			server.close();
			server.closeAllConnections();
			return lifecycle.close();
		},
	};
}

async function load(document: URL): Promise<Document> {
	return parse(await readFile(document, 'utf8')) as Document;
}

function listen(server: Server, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, resolve);
	});
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
