import type { Field } from './kinds/field';
import { LONGEST_IN_ADDRESS, textField } from './kinds/text';

/**
 * A comment, which ChargEye stores with a command.
 * @param what the object of the command, as in "Why … is set"
 */
export const commentOn = (what: string): Field<string> =>
	textField({
		label: 'Comment',
		name: 'comment',
		maxLength: LONGEST_IN_ADDRESS,
		placeholder: 'e.g. Tariff peak',
		description: `Why ${what} is set, for those who see it in ChargEye`,
	});
