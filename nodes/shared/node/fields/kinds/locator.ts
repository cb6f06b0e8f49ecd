import { cleanText } from '../../../chargeye/cleanText';
import { InputError } from '../../../charging/base/inputError';
import { shown } from '../../../charging/base/shown';
import { Field, propertyOf, type FieldTexts } from './field';
import { checkText, LONGEST_IN_ADDRESS } from './text';

export interface LocatorTexts extends Omit<FieldTexts, 'placeholder'> {
	/** The node's method that fills the list. */
	search: string;
	/** The text in the list's field while nothing is chosen. */
	placeholder: string;
	/** An ID as an example. */
	example: string;
	/** The name of another locator: if the user changes that one, n8n empties this one. */
	dependsOn?: string;
}

/**
 * The ID of an object in the account, such as a charging station; it becomes one segment of a path. Spaces around a
 * typed ID are removed. An ID from the list or an expression comes from the API, so its spaces are part of it.
 */
export const locatorField = ({
	search,
	placeholder,
	example,
	dependsOn,
	...texts
}: LocatorTexts): Field<string> =>
	new Field(
		propertyOf(texts, {
			type: 'resourceLocator',
			...(dependsOn !== undefined && {
				typeOptions: { loadOptionsDependsOn: [`${dependsOn}.value`] },
			}),
			default: { mode: 'list', value: '' },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder,
					typeOptions: { searchListMethod: search, searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
			],
		}),
		{
			fixWhenEmpty: 'Enter a text.',
			check(value, label, values, name) {
				const trimmed = checkText(label, value);
				const given = String(value);
				const id = given === trimmed || values.isTyped(name) ? trimmed : given;
				const isTooLong = id.length > LONGEST_IN_ADDRESS;
				// URLs drop dot segments even if they are percent-encoded, so the path would mean another object.
				if (isTooLong || trimmed === '.' || trimmed === '..' || /[\p{Cc}\p{Cs}]/u.test(id)) {
					throw new InputError(
						`${label} ${cleanText(shown(id))} is not an ID`,
						'Enter the ID as ChargEye shows it.',
					);
				}
				return id;
			},
		},
		texts.refusesEmpty,
	);
