import type { Field } from './kinds/field';
import { flagField } from './kinds/flag';

/**
 * Whether to send a charging profile that breaks rules.
 * @param what may be sent, as in "Whether to send …, and let the charger decide"
 */
export const sendAnywayOf = (what: string): Field<boolean> =>
	flagField({
		label: 'Send Anyway',
		name: 'sendAnyway',
		default: true,
		description: `Whether to send ${what}, and let the charger decide`,
	});
