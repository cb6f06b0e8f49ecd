import { isResourceLocatorValue, type INodeProperties } from 'n8n-workflow';

import { propertiesOf, propertyOf, type FieldTexts, type FormPart } from './field';
import { checkObject } from './json';
import { isEmpty, type Values } from './values';

/** The value of a resource locator; any other value unchanged. */
export const plain = (value: unknown): unknown =>
	isResourceLocatorValue(value) ? value.value : value;

/**
 * The values in an object of a form, such as `options` or one row.
 * @param path n8n's path of the object in the node's parameters
 * @param owner the values that contain the object
 * @param nameOf gives the name of one of its fields in errors
 */
export function valuesIn(
	object: Readonly<Record<string, unknown>>,
	path: string,
	owner: Values,
	nameOf: (label: string) => string = (label) => label,
): Values {
	return {
		get(name) {
			if (!Object.hasOwn(object, name)) return undefined;
			const value = plain(object[name]);
			return isEmpty(value) ? null : value;
		},
		isTyped: (name) => owner.isTyped(`${path}.${name}`),
		timezone: owner.timezone,
		nameOf,
	};
}

export interface CollectionTexts extends FieldTexts {
	placeholder: string;
	fields: readonly FormPart[];
}

const byLabel = (a: INodeProperties, b: INodeProperties) =>
	a.displayName.localeCompare(b.displayName);

/** Fields that a user adds one by one, sorted by their labels. */
export class CollectionField implements FormPart {
	readonly property: INodeProperties;

	constructor(private readonly texts: CollectionTexts) {
		this.property = propertyOf(texts, {
			type: 'collection',
			default: {},
			options: propertiesOf(texts.fields).sort(byLabel),
		});
	}

	get properties(): INodeProperties[] {
		return [this.property];
	}

	/**
	 * The values of the fields that were added. A field that an expression or an AI agent leaves empty counts as not
	 * added, unless the field refuses that.
	 * @throws InputError if an expression gives the collection as a whole, and it is not an object
	 */
	read(values: Values): Values {
		const { label, name } = this.texts;
		const added = values.get(name);
		return valuesIn(added === undefined ? {} : checkObject(label, added), name, values);
	}
}

export const collectionField = (texts: CollectionTexts): CollectionField =>
	new CollectionField(texts);

/** The collection Options of a node or an operation. */
export const optionCollection = (...fields: readonly FormPart[]): CollectionField =>
	collectionField({ label: 'Options', name: 'options', placeholder: 'Add Option', fields });
