import type { Field } from './kinds/field';
import { LONGEST_IN_ADDRESS, textField } from './kinds/text';

/**
 * What ChargEye keeps beside a command.
 * @param what is set, as in "Why … is set"
 */
export const commentOn = (what: string): Field<string> =>
	textField({
		label: 'Comment',
		name: 'comment',
		maxLength: LONGEST_IN_ADDRESS,
		placeholder: 'e.g. Tariff peak',
		description: `Why ${what} is set, for those who see it in ChargEye`,
	});
