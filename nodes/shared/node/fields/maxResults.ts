import { flagField } from './kinds/flag';
import { propertiesOf, type FormPart } from './kinds/field';
import { numberField } from './kinds/number';
import type { Values } from './kinds/values';

const returnAll = flagField({
	label: 'Return All',
	name: 'returnAll',
	isValidated: true,
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

const limit = numberField({
	label: 'Limit',
	name: 'limit',
	min: 1,
	decimals: 0,
	show: { returnAll: [false] },
	default: 50,
	description: 'Max number of results to return',
});

/** How many items Get Many outputs at most. */
export const maxResults: FormPart & { read(values: Values): number } = {
	properties: propertiesOf([returnAll, limit]),
	/** @returns Infinity for all @throws InputError */
	read: (values) => (returnAll.read(values) ? Infinity : limit.read(values)),
};
