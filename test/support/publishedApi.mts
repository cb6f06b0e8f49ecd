/**
 * A server of the Charger Operations API, written from its public sources only, so that it shows mistakes in the nodes'
 * contract. It has one account, checks each request strictly, and records it.
 */
import type { IncomingMessage } from 'node:http';

import { startServer, withBody, type LocalServer } from '../../host/support/localServer.mts';
import { newAccount, type Account, type Json } from './publishedAccount.mts';

/** A request as the server received it. */
export interface ReceivedRequest {
	method: string;
	/** Below the base URL, still percent-encoded. */
	path: string;
	query: Record<string, string>;
	body: unknown;
}

/** A command: its address, its body, and the place of the charger's decision in its answer. */
interface Command {
	method: string;
	path: RegExp;
	body: string[];
	query: string[];
	answer(decision: string): Json;
}

const STATION = '/chargingStations/(?<stationId>[^/]+)';
const CONNECTOR = `${STATION}/evse/(?<connectorId>[^/]+)`;
const TRANSACTION = '/transactions/(?<txId>[^/]+)';
const LIMIT_QUERIES = ['chargingProfileId', 'comment', 'condition', 'relativeDelay', 'stackLevel'];
const CLEAR_BODY = ['chargingProfileId', 'chargingProfileCriteria'];
const START_BODY = [
	'authorizationReference',
	'chargingProfile',
	'contractId',
	'emspCountryCode',
	'emspPartyId',
	'idToken',
	'idTokenIssuer',
	'idTokenType',
	'ocpiConnectionProfileId',
	'vehicle',
];

const response = (decision: string): Json => ({
	response: decision,
	...(decision !== 'Accepted' && {
		statusInfo: { reasonCode: 'InvalidSchedule', additionalInfo: 'Too many periods' },
	}),
});
const fromStation = (decision: string): Json => ({ responseFromStation: decision });
const command = (
	method: string,
	path: string,
	body: string[],
	query: string[],
	answer: Command['answer'],
): Command => ({ method, path: new RegExp(`^${path}$`), body, query, answer });

/** The thirteen commands of the API. */
const COMMANDS: Command[] = [
	command('PUT', `${STATION}/chargingProfile`, ['chargingProfile'], ['comment'], response),
	command('DELETE', `${STATION}/chargingProfile`, CLEAR_BODY, [], response),
	command('PUT', `${CONNECTOR}/chargingProfile`, ['chargingProfile'], ['comment'], response),
	command('PUT', `${CONNECTOR}/availability`, ['type', 'disableTextReason'], [], fromStation),
	command('POST', `${STATION}/restart`, ['type'], [], fromStation),
	...[STATION, CONNECTOR, TRANSACTION].flatMap((of) => [
		command('PUT', `${of}/powerLimit`, ['limit'], LIMIT_QUERIES, response),
		command('DELETE', `${of}/powerLimit`, [], [], response),
	]),
	command('POST', `${CONNECTOR}/startTransaction`, START_BODY, [], (status) => ({
		transactionStartResponse: { status },
	})),
	command('POST', `${TRANSACTION}/stop`, [], [], (status) => ({
		transactionStopResponse: { status },
	})),
];

/** Fields that the objects in a body may have. */
const PARTS: Record<string, Record<string, 'number' | 'string'>> = {
	limit: { acMaxPowerA: 'number', acMaxPowerKw: 'number', dcMaxPowerKw: 'number' },
	chargingProfileCriteria: {
		chargingProfilePurpose: 'string',
		evseId: 'number',
		stackLevel: 'number',
	},
};

/** The values that `type` may have, by the last word of the path. */
const TYPES: Record<string, string[]> = {
	availability: ['Operative', 'Inoperative'],
	restart: ['Immediate', 'OnIdle'],
};

/** An answer that is not 200. */
class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function refuseUnknown(what: string, given: object, known: string[]): void {
	const unknown = Object.keys(given).find((name) => !known.includes(name));
	if (unknown !== undefined) throw new Refusal(400, `Unknown ${what} "${unknown}"`);
}

/** @throws Refusal if the command does not allow the body */
function checkBody({ body: known }: Command, path: string, body: unknown): void {
	if (!isObject(body)) throw new Refusal(400, 'The body must be an object');
	refuseUnknown('body field', body, known);
	for (const [name, types] of Object.entries(PARTS)) {
		const part = body[name];
		if (part === undefined && name === 'limit' && known.includes('limit')) {
			throw new Refusal(400, 'limit is missing');
		}
		if (part === undefined) continue;
		if (!isObject(part)) throw new Refusal(400, `${name} must be an object`);
		refuseUnknown(`field of ${name}`, part, Object.keys(types));
		for (const [field, value] of Object.entries(part)) {
			if (typeof value !== types[field]) {
				throw new Refusal(400, `${name}.${field} must be a ${types[field]}`);
			}
		}
	}
	const allowed = TYPES[path.slice(path.lastIndexOf('/') + 1)];
	if (allowed && !allowed.includes(String(body.type))) {
		throw new Refusal(400, `type must be one of ${allowed.join(', ')}`);
	}
}

/** Epoch ms of a time, which is UTC if it has no offset. */
const timeOf = (time: unknown): number =>
	Date.parse(/Z$|[+-]\d\d:\d\d$/.test(String(time)) ? String(time) : `${String(time)}Z`);

const sumOf = (page: Json[], name: string): number =>
	page.reduce((sum, one) => sum + Number(one[name] ?? 0), 0);

export interface PublishedApi {
	/** The API's base URL. */
	rest: string;
	accessToken: string;
	refreshToken: string;
	requests: ReceivedRequest[];
	account: Account;
	/** Transactions per page. */
	pageSize: number;
	/** Gives the `lastEvaluatedKey` to send instead of the API's object; undefined leaves it out. */
	pageKey: (key: Json) => unknown;
	/** The charger's decision. */
	decision: string;
	/** Stations that refuse, and stations that are offline. */
	refusing: string[];
	offline: string[];
	/** Makes all access tokens given out so far invalid. */
	endSessions(): void;
}

/** The API for the tests of a file, on a free port, reset before each test. */
export function usePublishedApi(): PublishedApi {
	let sessions: string[] = [];
	let issued = 0;

	/** A page of transactions, oldest first. */
	function pageOf(transactions: Json[], query: Record<string, string | undefined>): Json {
		refuseUnknown('query', query, ['startDate', 'endDate', 'exclusiveStartKey']);
		const { startDate, endDate, exclusiveStartKey } = query;
		const found = transactions
			.filter(({ startTime }) => !startDate || timeOf(startTime) >= timeOf(startDate))
			.filter(({ startTime }) => !endDate || timeOf(startTime) < timeOf(endDate))
			.sort((a, b) => timeOf(a.startTime) - timeOf(b.startTime));
		const keyOf = ({ txId, stationId }: Json): Json => ({ stationId, txId });
		const last = found.findIndex((one) => JSON.stringify(keyOf(one)) === exclusiveStartKey);
		if (exclusiveStartKey !== undefined && last === -1) {
			throw new Refusal(400, 'exclusiveStartKey is not a key of this list');
		}
		const end = last + 1 + api.pageSize;
		const page = found.slice(last + 1, end);
		return {
			transactions: page,
			summary: {
				count: page.length,
				chargedEnergyKwh: sumOf(page, 'chargedEnergyKwh'),
				chargingTimeMs: null,
				occupiedTimeMs: null,
			},
			...(end < found.length && { lastEvaluatedKey: api.pageKey(keyOf(page[page.length - 1])) }),
		};
	}

	/** Finds an object by its ID, which is still percent-encoded. @throws Refusal */
	function find(list: unknown, name: string, encoded: string): Json {
		const id = decodeURIComponent(encoded);
		const found = ((list ?? []) as Json[]).find((one) => one[name] === id);
		if (!found) throw new Refusal(404, `There is no ${name} ${id}`);
		return found;
	}

	function read({ path, query }: ReceivedRequest): Json {
		const { locations, stations, transactions } = api.account;
		if (path === '/locations') return { locations };
		if (path === '/stations') {
			refuseUnknown('query', query, ['locationUid', 'stationIds']);
			// The effect of a single value in `stationIds` is not published; here it does not filter.
			const { locationUid }: { locationUid?: string } = query;
			return {
				stations: stations.filter(
					(station) => locationUid === undefined || station.locationUid === locationUid,
				),
			};
		}
		if (path === '/transactions') return pageOf([...transactions], query);
		const [, station] = /^\/chargingStations\/([^/]+)\/transactions$/.exec(path) ?? [];
		if (station !== undefined) {
			const { stationId } = find(stations, 'stationId', station);
			return pageOf(
				transactions.filter((one) => one.stationId === stationId),
				query,
			);
		}
		const [, txId] = /^\/transactions\/([^/]+)$/.exec(path) ?? [];
		if (txId === undefined) throw new Refusal(404, `No GET ${path}`);
		return { transaction: find(transactions, 'txId', txId) };
	}

	function carryOut({ method, path, query, body }: ReceivedRequest): Json {
		const command = COMMANDS.find((one) => one.method === method && one.path.test(path));
		if (!command) throw new Refusal(404, `No ${method} ${path}`);
		checkBody(command, path, body ?? {});
		refuseUnknown('query', query, command.query);
		const { stationId, connectorId, txId } = command.path.exec(path)?.groups ?? {};
		if (txId !== undefined) find(api.account.transactions, 'txId', txId);
		if (stationId !== undefined) {
			const { connectors } = find(api.account.stations, 'stationId', stationId);
			if (connectorId !== undefined) find(connectors, 'connectorId', connectorId);
		}
		const station = decodeURIComponent(stationId ?? '');
		if (api.offline.includes(station)) throw new Refusal(504, 'The station is not connected');
		return command.answer(api.refusing.includes(station) ? 'Rejected' : api.decision);
	}

	/** @throws Refusal */
	function answer(request: ReceivedRequest, authorization: string | undefined): Json {
		if (request.path === '/auth/refreshAccessToken' && request.method === 'GET') {
			if (authorization !== `Bearer ${api.refreshToken}`) throw new Refusal(401, 'Unauthorized');
			const token = `session-token-${++issued}`;
			sessions.push(token);
			return { token, validUntil: new Date(Date.now() + 28_800_000).toISOString() };
		}
		if (![api.accessToken, ...sessions].some((token) => authorization === `Bearer ${token}`)) {
			throw new Refusal(401, 'Authorization: Bearer header is missing or invalid');
		}
		return request.method === 'GET' ? read(request) : carryOut(request);
	}

	/** Records a request, and answers it. @throws Refusal */
	function receive({ method = '', url = '', headers }: IncomingMessage, text: string): Json {
		const [path, query] = url.split('?');
		const request: ReceivedRequest = {
			method,
			path: path.replace(/^\/api/, ''),
			query: Object.fromEntries(new URLSearchParams(query)),
			body: text === '' ? undefined : JSON.parse(text),
		};
		api.requests.push(request);
		return answer(request, headers.authorization);
	}

	const listener = withBody((incoming, outgoing, body) => {
		const send = (status: number, answer: Json) =>
			outgoing
				.writeHead(status, { 'Content-Type': 'application/json' })
				.end(JSON.stringify(answer));
		try {
			send(200, receive(incoming, body));
		} catch (error) {
			const { message } = error as Error;
			send(error instanceof Refusal ? error.status : 400, { message });
		}
	});

	const asNew = () => ({
		requests: [],
		account: newAccount(),
		pageSize: 2,
		pageKey: (key: Json): unknown => key,
		decision: 'Accepted',
		refusing: [],
		offline: [],
	});
	const api: PublishedApi = {
		...asNew(),
		rest: '',
		accessToken: 'access-token-of-the-published-api',
		refreshToken: 'refresh-token-of-the-published-api',
		endSessions() {
			sessions = [];
		},
	};
	let server: LocalServer;
	beforeAll(async () => {
		server = await startServer(listener);
		api.rest = `${server.url}/api`;
	});
	beforeEach(() => {
		sessions = [];
		Object.assign(api, asNew());
	});
	afterAll(() => server.close());
	return api;
}
