import { optionCollection } from '../shared/node/fields/kinds/collection';
import { propertiesOf } from '../shared/node/fields/kinds/field';
import { flagField } from '../shared/node/fields/kinds/flag';
import type { Values } from '../shared/node/fields/kinds/values';
import { outputOf } from '../shared/polling/form/output';
import type { Wanted } from './events';
import { scope, type Scope } from './scope';
import { wanted } from './wanted';

const output = outputOf('transaction');

const emitOngoing = flagField({
	label: 'Include Ongoing Transactions',
	name: 'emitOngoing',
	default: true,
	refusesEmpty: true,
	description:
		'Whether to emit, when the workflow is first activated, the events so far of transactions that have not ended',
});

const includeSimulated = flagField({
	label: 'Include Simulated',
	name: 'includeSimulated',
	default: true,
	refusesEmpty: true,
	description: 'Whether to watch simulated transactions too, such as those of the sandbox',
});

const options = optionCollection(emitOngoing, includeSimulated);

/** The form of the trigger. */
export const properties = propertiesOf([wanted, scope, output, options]);

export interface Settings {
	wanted: Wanted;
	scope: Scope;
	includeSimulated: boolean;
	emitOngoing: boolean;
	output: 'raw' | 'simplified';
}

/** What was entered in the form. @throws InputError */
export function readSettings(values: Values): Settings {
	const added = options.read(values);
	return {
		wanted: wanted.read(values),
		scope: scope.read(values),
		includeSimulated: includeSimulated.read(added),
		emitOngoing: emitOngoing.read(added),
		output: output.read(values),
	};
}
