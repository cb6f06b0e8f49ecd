import type { INodeProperties } from 'n8n-workflow';

/** The option of every command that a charger can refuse. */
export const passRejectedOption: INodeProperties = {
	displayName: 'Pass On Rejected',
	name: 'passRejected',
	type: 'boolean',
	default: false,
	description:
		'Whether to output the answer of a charger that refuses, with its reason, instead of failing',
};

/** The options of commands that have no others. */
export const commandOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [passRejectedOption],
};
