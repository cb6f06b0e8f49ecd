import { DateTime } from 'luxon';
import {
	isResourceLocatorValue,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { ChargeEyeClient } from '../chargeye/client';
import type { AnswerOf, EndpointKey } from '../chargeye/contract';
import type { ApiRequest } from '../chargeye/request';
import { idText } from '../chargeye/answers';
import {
	connectorsOf,
	locationsOf,
	stationIdOf,
	stationsOf,
	type Station,
} from '../chargeye/stations';
import type { Transaction } from '../chargeye/transactions';
import { toNodeError } from './errors';
import { stationLookUp } from './stationLookUp';
import { InputError } from '../charging/base/inputError';
import { isEmpty } from './fields/kinds/values';

/** How many entries a list shows before the user scrolls down. */
const PAGE_SIZE = 50;

const byName = (a: INodeListSearchItems, b: INodeListSearchItems) =>
	a.name.localeCompare(b.name, undefined, { numeric: true });

/** Filters entries and splits them into pages here, because the API answers with all of them. */
export function page(
	entries: INodeListSearchItems[],
	filter?: string,
	paginationToken?: string,
): INodeListSearchResult {
	const words = (filter ?? '').toLowerCase().split(/\s+/);
	const found = entries.filter(({ name, value, description = '' }) => {
		const text = `${name} ${value} ${description}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
	const from = Number(paginationToken ?? 0);
	const to = from + PAGE_SIZE;
	return {
		results: found.slice(from, to),
		...(to < found.length && { paginationToken: String(to) }),
	};
}

/** How long a list may take, while the user waits for it. */
const TIME_LIMIT_SECONDS = 10;

/** Sends a look-up for a list. @throws NodeApiError, NodeOperationError with the same texts as in a run of the node */
async function lookUp<K extends EndpointKey, T>(
	context: ILoadOptionsFunctions,
	request: ApiRequest<K>,
	read: (body: AnswerOf<K>) => T,
): Promise<T> {
	try {
		const client = await ChargeEyeClient.of(context, TIME_LIMIT_SECONDS);
		return read(await client.send(request));
	} catch (error) {
		throw toNodeError(context.getNode(), error, { endpoint: request.endpoint });
	}
}

/** Joins the parts of an entry's label. The label has no state: n8n keeps it for a chosen entry when the state changes. */
const labelOf = (...parts: unknown[]): string =>
	parts.filter((part): part is string => typeof part === 'string' && part !== '').join(' · ');

/** The label "Depot DC 1 · Depot Vantaa · DEPOT-DC-1" (name, location, ID), and the state as a separate description. */
function stationEntry(station: Station): INodeListSearchItems {
	const value = stationIdOf(station);
	const { name, location, status, onlineStatus } = station;
	return {
		name: labelOf(...new Set([name, location?.name, value])),
		value,
		description: [status, onlineStatus].filter(Boolean).join(', ') || undefined,
	};
}

/** All stations of the account with an ID, by name. */
async function stationEntries(context: ILoadOptionsFunctions): Promise<INodeListSearchItems[]> {
	const stations = await lookUp(context, { endpoint: 'listStations' }, stationsOf);
	const entries = stations.map(stationEntry).filter(({ value }) => value !== '');
	return entries.sort(byName);
}

/** The stations of the account, for a field that takes several. */
export async function getStations(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await stationEntries(this);
}

/** The stations of the account, for a resource locator. */
export async function searchStations(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return page(await stationEntries(this), filter, paginationToken);
}

/** The connectors of the station chosen in the same node, for a resource locator. */
export async function searchConnectors(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const chosen = this.getNodeParameter('stationId', '');
	const isListed = isResourceLocatorValue(chosen) && chosen.mode === 'list';
	const given = isResourceLocatorValue(chosen) ? chosen.value : chosen;
	const text = isEmpty(given) ? '' : String(given);
	// An ID from the list is used unchanged: spaces around it are part of it.
	const stationId = isListed ? text : text.trim();
	const fix = 'If the charging station comes from an expression, enter the connector by its ID.';
	if (stationId === '') {
		const error = new InputError('Choose a charging station first', fix);
		throw toNodeError(this.getNode(), error, {});
	}
	const ofStation = stationLookUp(stationId, connectorsOf, `Choose it from the list. ${fix}`);
	const [connectors] = await lookUp(this, ofStation.request, ofStation.items);
	const entries = connectors
		.filter(({ connectorId }) => connectorId !== '')
		.map(({ connectorId, name, type, status }) => ({
			// Type and ID are left out if the name contains them, as in "CCS left" or "Connector 1".
			name: labelOf(name, ...[type, connectorId].filter((part) => !name.includes(String(part)))),
			value: connectorId,
			description: idText(status),
		}));
	return page(entries.sort(byName), filter, paginationToken);
}

/** The locations of the account, for a resource locator. */
export async function searchLocations(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const locations = await lookUp(this, { endpoint: 'listLocations' }, locationsOf);
	const entries = locations.flatMap(({ id, name, city }) => {
		const value = idText(id);
		return value === undefined ? [] : [{ name: labelOf(name || value, city), value }];
	});
	return page(entries.sort(byName), filter, paginationToken);
}

/** Running transactions first, then the newest. */
const runningAndNewestFirst = (
	{ transaction: a }: { transaction: Transaction },
	{ transaction: b }: { transaction: Transaction },
) =>
	Number(a.status === 'Ended') - Number(b.status === 'Ended') ||
	startOf(b).localeCompare(startOf(a));

/** The start of a transaction as the API gives it; empty if there is none. */
const startOf = ({ startTime }: Transaction): string =>
	typeof startTime === 'string' ? startTime : '';

/**
 * The latest transaction of every connector, for a resource locator. That takes one request for a fleet of any size, and
 * includes every running transaction. Starts are shown in the workflow's time zone.
 */
export async function searchTransactions(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const stations = await lookUp(this, { endpoint: 'listStations' }, stationsOf);
	const zone = this.getTimezone();
	const entries = stations
		.flatMap((station) =>
			connectorsOf(station).flatMap(({ name: connector, latest: transaction }) =>
				transaction
					? [{ transaction, station: station.name || stationIdOf(station), connector }]
					: [],
			),
		)
		.sort(runningAndNewestFirst)
		.map(({ transaction, station, connector }) => {
			const { txId: value, status } = transaction;
			const startTime = startOf(transaction);
			const start = startTime && DateTime.fromISO(startTime, { zone }).toFormat('yyyy-MM-dd HH:mm');
			return { name: labelOf(station, connector, start), value, description: status ?? undefined };
		});
	return page(entries, filter, paginationToken);
}
