import type {
	IDataObject,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { credentialsFor } from '../../host/credentials.mts';
import { ChargerOperations } from '../../nodes/ChargerOperations/ChargerOperations.node.ts';
import { SmartChargingProfile } from '../../nodes/SmartChargingProfile/SmartChargingProfile.node.ts';
import { EVENT_NAMES as STATION_EVENTS } from '../../nodes/StationTrigger/events.ts';
import { StationTrigger } from '../../nodes/StationTrigger/StationTrigger.node.ts';
import { Transaction } from '../../nodes/Transaction/Transaction.node.ts';
import { EVENT_NAMES } from '../../nodes/TransactionTrigger/events.ts';
import { TransactionTrigger } from '../../nodes/TransactionTrigger/TransactionTrigger.node.ts';
import { runNode, startPolling } from '../../test/support/engine.mts';
import type { Site } from '../../test/support/site.mts';
import { waitForTransaction } from '../../test/support/transactions.mts';
import { RUNS, type Transactions } from './runs.mts';
import { schemaOf } from './schemaOf.mts';

const NODES = [
	ChargerOperations,
	SmartChargingProfile,
	StationTrigger,
	Transaction,
	TransactionTrigger,
];

/** A node as n8n runs it. */
interface VersionOfNode {
	type: string;
	typeVersion: number;
}

/** Output items, by the place of their schema in the folder of a node's version. */
type Outputs = Record<string, IDataObject[]>;

/**
 * Runs every operation and every trigger in n8n's engine against a sandbox, and gives the schemas of what they output. n8n
 * looks for one beside each node, for exactly its version, so that the next node's fields can be filled before any run.
 * @returns the texts of the files, by their paths in the project; the same in every call
 */
export async function outputSchemas(site: Site): Promise<Record<string, string>> {
	const files: Record<string, string> = {};
	for (const Node of NODES) {
		const { name: type, version, polling, properties } = new Node().description;
		for (const typeVersion of [version].flat()) {
			await site.reset();
			const outputs = polling
				? { output: await TRIGGERS[type](site, { type, typeVersion }) }
				: await operationOutputs(site, { type, typeVersion }, operationsIn(properties));
			for (const [place, items] of Object.entries(outputs)) {
				if (items.length === 0) throw new Error(`${type} has output nothing for ${place}`);
				files[`nodes/${Node.name}/__schema__/${folderOf(typeVersion)}/${place}.json`] =
					`${JSON.stringify({ ...schemaOf(items), version: 1 }, null, '\t')}\n`;
			}
		}
	}
	return files;
}

/** `v1.1.0` for version 1.1. */
const folderOf = (version: number) =>
	`v${[...String(version).split('.'), '0', '0'].slice(0, 3).join('.')}`;

/** Every `resource/operation` of a node. */
const operationsIn = (properties: INodeProperties[]): string[] =>
	properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			(options as INodePropertyOptions[]).map(
				({ value }) => `${displayOptions?.show?.resource?.[0] as string}/${value}`,
			),
		);

/** @throws if it is not known how to run an operation, or if a run fails */
async function operationOutputs(
	site: Site,
	node: VersionOfNode,
	operations: string[],
): Promise<Outputs> {
	const runs = RUNS[node.type] ?? {};
	const unknown = operations.filter((operation) => !(operation in runs));
	if (unknown.length > 0) {
		throw new Error(`tools/schemas/runs.mts does not say how to run ${unknown.join(', ')}`);
	}
	const transactions = await startTransactions(site);
	const outputs: Outputs = {};
	for (const [place, runsWith] of Object.entries(runs)) {
		const [resource, operation] = place.split('/');
		outputs[place] = [];
		for (const { parameters, items } of runsWith(transactions)) {
			const run = await runNode({
				...node,
				parameters: { resource, operation, ...parameters } as INodeParameters,
				items,
				credential: credentialsFor(site).accessToken(),
			});
			if (run.error) throw run.error;
			outputs[place].push(...run.items.map(({ json }) => json));
		}
	}
	return outputs;
}

/** Polls a trigger after each of some changes. @returns all that it outputs */
async function polled(
	site: Site,
	node: VersionOfNode,
	parameters: INodeParameters,
	changes: ReadonlyArray<() => Promise<unknown>>,
): Promise<IDataObject[]> {
	const trigger = await startPolling({
		...node,
		parameters,
		credential: credentialsFor(site).accessToken(),
	});
	const output: IDataObject[] = [];
	for (const change of [() => Promise.resolve(), ...changes]) {
		await change();
		const { items, error } = await trigger.poll();
		if (error) throw error;
		output.push(...items);
	}
	return output;
}

/**
 * The output of each trigger. All events have the same fields; n8n finds the schema of a node without operations as
 * `output`.
 */
const TRIGGERS: Record<string, (site: Site, node: VersionOfNode) => Promise<IDataObject[]>> = {
	transactionTrigger: (site, node) =>
		polled(site, node, { events: EVENT_NAMES, options: { includeSimulated: true } }, [
			() => startTransactions(site),
			// Now the events have a status before.
			async () => {
				await site.unplug('DEPOT-DC-1', 1);
				await waitForTransaction(site, 'DEPOT-DC-1', 1, 'Ended');
			},
		]),
	stationTrigger: (site, node) =>
		polled(site, node, { events: STATION_EVENTS, atLeastMinutes: 0 }, [
			() => startTransactions(site),
			async () => {
				await site.setFaulted('DEPOT-DC-1', 1, true);
				await waitForTransaction(site, 'DEPOT-DC-1', 1, 'Ended');
			},
			() => site.setOnline('DEPOT-DC-1', false),
		]),
};

/** One transaction that charges, one that was started with a reference, and one that has ended. */
async function startTransactions(site: Site): Promise<Transactions> {
	const waitFor = async (stationId: string, status: string) =>
		(await waitForTransaction(site, stationId, 1, status)).txId;
	await site.plugIn('DEPOT-DC-1', 1);
	await site.plugIn('OFFICE-AC-1', 1, { authorize: false });
	await site.restClient.post('/chargingStations/OFFICE-AC-1/evse/1/startTransaction', {
		authorizationReference: 'pay_1',
	});
	await site.plugIn('OFFICE-AC-3', 1);
	await waitFor('OFFICE-AC-3', 'Charging');
	await site.unplug('OFFICE-AC-3', 1);
	return {
		charging: await waitFor('DEPOT-DC-1', 'Charging'),
		referenced: await waitFor('OFFICE-AC-1', 'Charging'),
		ended: await waitFor('OFFICE-AC-3', 'Ended'),
	};
}
