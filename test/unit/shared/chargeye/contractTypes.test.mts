import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

import type { VERDICTS } from '../../../../nodes/shared/chargeye/answers.ts';
import type { ChargeEyeClient } from '../../../../nodes/shared/chargeye/client.ts';
import type { BodyOf, VerdictOf } from '../../../../nodes/shared/chargeye/contract.ts';
import type { CommandKey, ENDPOINTS } from '../../../../nodes/shared/chargeye/endpoints.ts';
import type { ApiRequest } from '../../../../nodes/shared/chargeye/request.ts';
import {
	ONLINE_STATUSES,
	simplifyStation,
	STATION_STATUSES,
	stationsOf,
} from '../../../../nodes/shared/chargeye/stations.ts';
import {
	POWER_LIMITATIONS,
	readTransaction,
	TRANSACTION_STATUSES,
	transactionIn,
	transactionsIn,
} from '../../../../nodes/shared/chargeye/transactions.ts';
import type { Command, LookUp, PreparedCommand } from '../../../../nodes/shared/node/operation.ts';
import { present } from '../../../../nodes/shared/node/present.ts';

// `npm run typecheck` checks that the line after each "@ts-expect-error" does not compile.

const path = { stationId: 'S', evseId: '1' };
const limit = { acMaxPowerKw: 20 };

/** Requests: path, query and body must fit the endpoint. */
export const requests: ApiRequest[] = [
	{ endpoint: 'setConnectorPowerLimit', path, query: { stackLevel: 1 }, body: { limit } },
	// @ts-expect-error an endpoint that does not exist
	{ endpoint: 'setConnectorPowerLimits', path, body: { limit } },
	// @ts-expect-error a misspelt placeholder
	{ endpoint: 'restartStation', path: { stationID: 'S' }, body: { type: 'OnIdle' } },
	// @ts-expect-error a missing placeholder
	{ endpoint: 'setConnectorPowerLimit', path: { stationId: 'S' }, body: { limit } },
	// @ts-expect-error no path at all
	{ endpoint: 'getTransaction' },
	// @ts-expect-error a misspelt query
	{ endpoint: 'setConnectorPowerLimit', path, query: { stacklevel: 1 }, body: { limit } },
	// @ts-expect-error a query of another type
	{ endpoint: 'listStations', query: { stationIds: 'S' } },
	// @ts-expect-error a query of another endpoint
	{ endpoint: 'listStations', query: { startDate: '2026-01-15' } },
	// @ts-expect-error a misspelt field of the body
	{ endpoint: 'setConnectorPowerLimit', path, body: { limit: { acMaxPowerKW: 20 } } },
	// @ts-expect-error a value that is not in the contract
	{ endpoint: 'restartStation', path: { stationId: 'S' }, body: { type: 'WhenIdle' } },
	// @ts-expect-error no body for an endpoint that needs one
	{ endpoint: 'restartStation', path: { stationId: 'S' } },
	// @ts-expect-error a body for an endpoint that takes none
	{ endpoint: 'stopTransaction', path: { txId: 't' }, body: {} },
];

/** Bodies that are built from values that may be undefined. */
export const bodies: Array<BodyOf<'changeConnectorAvailability'>> = [
	present<BodyOf<'changeConnectorAvailability'>>({
		type: 'Operative',
		disableTextReason: undefined,
	}),
	// @ts-expect-error a misspelt field
	present<BodyOf<'changeConnectorAvailability'>>({ type: 'Operative', disableTextreason: 'Wet' }),
];

/** Answers: only fields of the contract can be read, and their values have to be checked. */
export async function answers(client: ChargeEyeClient): Promise<void> {
	const page = await client.send({ endpoint: 'listTransactions' });
	const [transaction] = transactionsIn(page);
	const status: unknown = transaction.status;
	// @ts-expect-error a misspelt field
	const misspelt: unknown = transaction.staus;
	// @ts-expect-error the value may not be a text
	const unchecked: string = transaction.status;
	// @ts-expect-error the answer may be null: `listIn` reads its lists
	const list: unknown = page.transactions;
	// @ts-expect-error a misspelt field of a transaction that has been read
	const ofRead: unknown = readTransaction(transaction)?.startedBy;

	const fleet = await client.send({ endpoint: 'listStations' });
	const [station] = stationsOf(fleet);
	// @ts-expect-error `connectors` may not be a list
	const connectors: readonly unknown[] = station.connectors ?? [];
	// @ts-expect-error a misspelt field of a nested object
	const nested: unknown = station.location?.nmae;
	// @ts-expect-error a misspelt field of a simplified station
	const simplified: unknown = simplifyStation(station).onlinestatus;
	// @ts-expect-error the answer of another endpoint
	transactionIn(fleet);

	const started = await client.send({ endpoint: 'startTransaction', path, body: {} });
	// @ts-expect-error a misspelt field
	const verdict: unknown = started?.transactionStartResponse?.state;
	void [status, misspelt, unchecked, list, ofRead, connectors, nested, simplified, verdict];
}

/** An operation can only prepare requests to its own endpoint. */
export const prepared: Array<PreparedCommand<'restartStation'>> = [
	{
		request: { endpoint: 'restartStation', path, body: { type: 'OnIdle' } },
		target: {},
		action: 'restart S',
	},
	{
		// @ts-expect-error the endpoint of another operation
		request: { endpoint: 'stopTransaction', path: { txId: 't' } },
		target: {},
		action: 'restart S',
	},
];

export const lookUp: ReturnType<LookUp<'listStations'>['prepare']> = {
	request: { endpoint: 'listStations' },
	// @ts-expect-error reads another endpoint's answer
	items: (body) => transactionsIn(body).map(() => ({})),
};

export const sentences: Array<Command<'restartStation'>['sentences']> = [
	{ Accepted: 'It restarts.', Scheduled: 'It restarts later.' },
	// @ts-expect-error a verdict without a sentence
	{ Accepted: 'It restarts.' },
	// @ts-expect-error a sentence for a verdict that the contract does not have
	{ Accepted: 'It restarts.', Scheduled: 'It restarts later.', Unknown: 'There is none.' },
];

type UnreadVerdict = {
	[K in CommandKey]: Exclude<
		VerdictOf<K>,
		(typeof VERDICTS)[(typeof ENDPOINTS)[K]['answer']][number]
	>;
}[CommandKey];

/** Does not compile unless `VERDICTS` contains every verdict of the contract. */
export const areVerdictsRead: [UnreadVerdict] extends [never] ? true : false = true;

interface YamlSchema {
	enum?: Array<string | null>;
	properties: Record<string, YamlSchema>;
}

const { schemas } = (
	parse(readFileSync('nodes/shared/chargeye/openapi.yaml', 'utf8')) as {
		components: { schemas: Record<string, YamlSchema> };
	}
).components;
const transaction = schemas.TransactionSummary.properties;
const station = schemas.Station.properties;

it.each([
	['a transaction has the statuses', TRANSACTION_STATUSES, transaction.status],
	['a transaction has the power limitations', POWER_LIMITATIONS, transaction.powerLimitation],
	['a station has the statuses', STATION_STATUSES, station.status],
	['a station has the online statuses', ONLINE_STATUSES, station.onlineStatus],
])('%s of the contract', (_name, values, schema) => {
	expect([...values].sort()).toEqual(schema.enum?.filter((value) => value !== null).sort());
});
