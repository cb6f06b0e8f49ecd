import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { CREDENTIAL } from '../shared/chargeye/client';
import { builderHintOf } from '../shared/node/builderHint';
import { searchLocations, searchStations, searchTransactions } from '../shared/node/listSearch';
import { panel } from '../shared/polling/form/panel';
import { eventsInSubtitle } from '../shared/polling/form/triggerOn';
import { EVENTS } from './events';
import { pollTransactions } from './pollTransactions';
import { properties } from './settings';

export class TransactionTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Charging Transaction Trigger',
		name: 'transactionTrigger',
		icon: {
			light: 'file:../../icons/transaction.svg',
			dark: 'file:../../icons/transaction.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: eventsInSubtitle(EVENTS),
		description:
			'Starts a workflow when EV charging starts, stops, ends, raises an alarm or reaches a value, with Kempower ChargEye',
		defaults: { name: 'Charging Transaction Trigger' },
		builderHint: builderHintOf(
			'transactionTrigger',
			'Use it instead of a Schedule Trigger with Get Many: it reports each event once, with an eventId. For a receipt choose transactionEnded; energy and IDs are in the item.',
		),
		polling: true,
		...panel,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		properties,
	};

	methods = { listSearch: { searchLocations, searchStations, searchTransactions } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTransactions(this);
	}
}
