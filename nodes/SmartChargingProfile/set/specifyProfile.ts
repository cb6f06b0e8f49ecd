import { optionField } from '../../shared/node/fields/kinds/option';
import { COEXISTING } from '../shared/versions';

/**
 * How the charging profile of a Set operation is given. A choice among the three that looked at the item first would hide
 * a profile that is missing, so new nodes begin with the input items, as most of them follow one that builds profiles.
 */
export const specifyProfile = optionField({
	label: 'Specify Profile',
	name: 'specifyProfile',
	isFixed: true,
	options: [
		{
			name: 'From Input Items',
			value: 'items',
			description: 'The profile in each item, as the Build operations of this node output it',
		},
		{ name: 'Using Fields', value: 'fields', description: 'A profile that you enter here' },
		{ name: 'Using JSON', value: 'json', description: 'A profile in the form of OCPP 2.0.1' },
	],
	default: 'items',
	description: 'How the charging profile is given',
}).withDefaultBefore(COEXISTING, 'fields');
