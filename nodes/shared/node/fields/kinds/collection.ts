import { isResourceLocatorValue, type INodeProperties } from 'n8n-workflow';

import { propertiesOf, propertyOf, type FieldTexts, type FormPart } from './field';
import { checkObject } from './json';
import { isEmpty, type Values } from './values';

/** The value of a resource locator; any other as it is. */
export const plain = (value: unknown): unknown =>
	isResourceLocatorValue(value) ? value.value : value;

/**
 * What an object of a form holds, such as `options` or one row.
 * @param path n8n's path of the object in the node's parameters
 * @param nameOf how errors call a field of it
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
	 * What was added. A field that an expression or an AI agent leaves empty is as good as not added, unless it refuses that.
	 * @throws InputError if the collection as a whole is given, and is no object
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
