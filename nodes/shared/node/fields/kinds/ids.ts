import { InputError } from '../../../charging/base/inputError';
import { entriesIn } from './commaList';
import { Field, propertyOf, type FieldTexts } from './field';
import { checkId } from './locator';
import { isEmpty } from './values';

export interface IdsTexts extends FieldTexts {
	/** The node's method that loads the choices. */
	loads: string;
}

/** n8n's own words for such a field. */
const HOW =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.';

/** The entries of a list, or of a text with commas; a text may end with a comma. */
const entriesOf = (value: unknown): unknown[] => {
	if (Array.isArray(value)) return value;
	return typeof value === 'string' ? entriesIn(value) : [value];
};

/**
 * The IDs of several objects in the account, chosen from a list. An expression gives a list, or a text with commas. Each
 * ID counts once.
 */
export const idsField = ({ loads, ...texts }: IdsTexts): Field<string[]> =>
	new Field(
		propertyOf(
			{ ...texts, description: `${texts.description}. ${HOW}` },
			{ type: 'multiOptions', typeOptions: { loadOptionsMethod: loads }, default: [] },
		),
		{
			fixWhenEmpty: 'Choose at least one, or give a list of IDs in an expression.',
			isEmpty: (value) => entriesOf(value).length === 0,
			check(value, label) {
				const entries = entriesOf(value);
				const ids = entries.map((entry, index) => {
					const name = entries.length === 1 ? label : `Entry ${index + 1} of ${label}`;
					if (isEmpty(entry)) throw new InputError(`${name} is empty`, 'Enter an ID.');
					return checkId(name, entry, false);
				});
				return [...new Set(ids)];
			},
		},
		texts.refusesEmpty,
	);
