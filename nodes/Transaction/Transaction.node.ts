import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { CREDENTIAL } from '../shared/chargeye/client';
import { builderHintOf } from '../shared/node/builderHint';
import { powerLimitHint } from '../shared/node/fields/powerLimit';
import { searchConnectors, searchStations, searchTransactions } from '../shared/node/listSearch';
import { describeResources, subtitleOf, type Resource } from '../shared/node/operation';
import { runOperations } from '../shared/node/run';
import { clearPowerLimit } from './operations/clearPowerLimit';
import { get } from './operations/get';
import { getAll } from './operations/getAll';
import { setPowerLimit } from './operations/setPowerLimit';
import { start } from './operations/start';
import { stop } from './operations/stop';

/** The first operation is the default. */
const RESOURCES: Resource[] = [
	{
		name: 'Transaction',
		value: 'transaction',
		operations: [getAll, get, start, stop, setPowerLimit, clearPowerLimit],
	},
];

export class Transaction implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Charging Transaction',
		name: 'transaction',
		icon: {
			light: 'file:../../icons/transaction.svg',
			dark: 'file:../../icons/transaction.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: subtitleOf(RESOURCES),
		description: 'Start, stop, limit and look up EV charging transactions with Kempower ChargEye',
		defaults: { name: 'Charging Transaction' },
		builderHint: builderHintOf(
			'transaction',
			'A charging session is called a transaction, with a txId. The answer to Start has none: take it from Charging Transaction Trigger, or from Get Many once the car charges.',
		),
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		hints: [powerLimitHint],
		properties: describeResources(RESOURCES),
	};

	methods = { listSearch: { searchConnectors, searchStations, searchTransactions } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, RESOURCES);
	}
}
