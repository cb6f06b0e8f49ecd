import type { INodeProperties } from 'n8n-workflow';

/** The option of every command that a charger can refuse. */
const passRejected: INodeProperties = {
	displayName: 'Pass On Rejected',
	name: 'passRejected',
	type: 'boolean',
	default: false,
	description:
		'Whether to output the answer of a charger that refuses, with its reason, instead of failing',
};

/** The options of a command: its own, and those that every command has. */
export const commandOptions = (...own: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...own, passRejected].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});
