import type { INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../parameters';

const DISPLAY_NAME = 'Transaction';

/** The charging transaction that an operation is about. */
export const transactionField: INodeProperties = {
	displayName: DISPLAY_NAME,
	name: 'txId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The charging transaction to work with. The list shows the latest of each connector.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a transaction...',
			typeOptions: { searchListMethod: 'searchTransactions', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 4f6e1c0a-9b1d-4c53-8f0e-2f1f6b1b7a55',
		},
	],
};

/** @throws InputError */
export const readTxId = (parameters: Parameters): string => parameters.id('txId', DISPLAY_NAME);
