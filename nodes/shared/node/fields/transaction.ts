import { locatorField } from './kinds/locator';

/** The charging transaction to which an operation applies. */
export const transaction = locatorField({
	label: 'Transaction',
	name: 'txId',
	required: true,
	description:
		'The charging transaction to work with. The list shows the latest one of each connector.',
	builderHint:
		'IDs change with each transaction: use mode "id" with {{ $json.txId }}, from Charging Transaction Trigger or Get Many.',
	search: 'searchTransactions',
	placeholder: 'Select a transaction...',
	example: '4f6e1c0a-9b1d-4c53-8f0e-2f1f6b1b7a55',
});
