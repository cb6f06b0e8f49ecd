import type { INodeProperties } from 'n8n-workflow';

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
	/** Fills the list also while no credential is chosen. */
	needsNoAccount?: true;
	/** How n8n calls what is typed, if it is not an ID. */
	typed?: { displayName: string; name: string };
}

/** A choice from a list, or typed. */
export const locatorProperty = ({
	search,
	placeholder,
	example,
	dependsOn,
	needsNoAccount,
	typed = { displayName: 'By ID', name: 'id' },
	...texts
}: LocatorTexts): INodeProperties =>
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
				typeOptions: {
					searchListMethod: search,
					searchable: true,
					...(needsNoAccount && { skipCredentialsCheckInRLC: true }),
				},
			},
			{ ...typed, type: 'string', placeholder: `e.g. ${example}` },
		],
	});

/**
 * Reads an ID. Spaces around a typed one are removed; those of any other are part of it.
 * @throws InputError if it cannot be an ID
 */
export function checkId(label: string, value: unknown, isTyped: boolean): string {
	const trimmed = checkText(label, value);
	const id = isTyped ? trimmed : String(value);
	const isTooLong = id.length > LONGEST_IN_ADDRESS;
	// URLs drop dot segments even if they are percent-encoded, so the path would mean another object.
	if (isTooLong || trimmed === '.' || trimmed === '..' || /[\p{Cc}\p{Cs}]/u.test(id)) {
		throw new InputError(
			`${label} ${cleanText(shown(id))} is not an ID`,
			'Enter the ID as ChargEye shows it.',
		);
	}
	return id;
}

/**
 * The ID of an object in the account, such as a charging station; it becomes one segment of a path. Spaces around a
 * typed ID are removed. An ID from the list or an expression comes from the API, so its spaces are part of it.
 */
export const locatorField = (texts: LocatorTexts): Field<string> =>
	new Field(
		locatorProperty(texts),
		{
			fixWhenEmpty: 'Enter a text.',
			check: (value, label, values, name) => checkId(label, value, values.isTyped(name)),
		},
		texts.refusesEmpty,
	);
