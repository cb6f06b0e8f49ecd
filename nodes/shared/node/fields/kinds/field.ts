import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../charging/base/inputError';
import { isEmpty, type Values } from './values';

/** A part of a node's form: one or several of n8n's properties. */
export interface FormPart {
	readonly properties: INodeProperties[];
}

/** The properties of several parts of a form, in their order. */
export const propertiesOf = (parts: readonly FormPart[]): INodeProperties[] =>
	parts.flatMap(({ properties }) => properties);

type Conditions = NonNullable<INodeProperties['displayOptions']>;

/** A property, shown under further conditions. */
const propertyWhen = (
	{ displayOptions, ...property }: INodeProperties,
	show: Conditions['show'],
): INodeProperties => ({
	...property,
	displayOptions: { ...displayOptions, show: { ...show, ...displayOptions?.show } },
});

/** Several parts of a form, shown under further conditions. */
export const partsWhen = (show: Conditions['show'], parts: readonly FormPart[]): FormPart => ({
	properties: propertiesOf(parts).map((property) => propertyWhen(property, show)),
});

/** The texts and conditions of any kind of field. */
export interface FieldTexts {
	/** The field's text in the form and in errors. */
	label: string;
	/** n8n's name of the parameter. */
	name: string;
	description?: string;
	placeholder?: string;
	/** What n8n’s AI builder has to know besides the description, such as where an ID comes from. */
	builderHint?: string;
	/** Conditions under which the form shows the field, as in n8n's `displayOptions`. */
	show?: Conditions['show'];
	hide?: Conditions['hide'];
	required?: boolean;
	/**
	 * Refuses an added field that is empty, instead of treating it as not added: true, or the reason for the error,
	 * such as "without this criterion more profiles would be cleared".
	 */
	refusesEmpty?: true | string;
}

/** How a kind of field reads a value. */
export interface Reader<T> {
	/** What to do if the field is empty, in an error. */
	fixWhenEmpty: string;
	/**
	 * Checks and converts a value.
	 * @param value never empty
	 * @param label the name of the field in errors
	 * @param name n8n's name of the parameter
	 * @throws InputError
	 */
	check(value: unknown, label: string, values: Values, name: string): T;
	/** The value of a field that is missing or empty; if undefined, such a field is an error. */
	absent?: T;
	/** Whether a value counts as empty, besides an empty text. */
	isEmpty?(value: unknown): boolean;
}

/** The default of a field in nodes before a version. */
interface FormerDefault {
	value: INodeProperties['default'];
	until: number;
}

/** A field of a node's form with the reader of its value, so that label, range, default and unit are stated once. */
export class Field<T> implements FormPart {
	constructor(
		readonly property: INodeProperties,
		private readonly reader: Reader<T>,
		private readonly refusesEmpty?: true | string,
		private readonly former?: FormerDefault,
	) {}

	get name(): string {
		return this.property.name;
	}

	get label(): string {
		return this.property.displayName;
	}

	/** n8n's property; two of them for a field whose default depends on the version of the node. */
	get properties(): INodeProperties[] {
		if (this.former === undefined) return [this.property];
		const { value, until } = this.former;
		return [
			propertyWhen({ ...this.property, default: value }, { '@version': [{ _cnd: { lt: until } }] }),
			propertyWhen(this.property, { '@version': [{ _cnd: { gte: until } }] }),
		];
	}

	/** Reads the field's value. @throws InputError if the field is empty or its value is not valid */
	read(values: Values): T {
		const given = this.readIfGiven(values);
		if (given !== undefined) return given;
		if (this.reader.absent !== undefined) return this.reader.absent;
		throw new InputError(`${values.nameOf(this.label)} is empty`, this.reader.fixWhenEmpty);
	}

	/**
	 * Reads the value of an optional field.
	 * @returns undefined if the field is missing, or if it is empty and does not refuse that
	 * @throws InputError
	 */
	readIfGiven(values: Values): T | undefined {
		const value = values.get(this.name);
		if (value === undefined) return undefined;
		const label = values.nameOf(this.label);
		const isNone = isEmpty(value) || this.reader.isEmpty?.(value) === true;
		if (!isNone) return this.reader.check(value, label, values, this.name);
		if (this.refusesEmpty === undefined) return undefined;
		const why = this.refusesEmpty === true ? '' : `: ${this.refusesEmpty}`;
		throw new InputError(`${label} is empty${why}`, this.reader.fixWhenEmpty);
	}

	/** Reads the field's value, or the form's default if the field is missing or empty. @throws InputError */
	readOrDefault(values: Values): T {
		const given = this.readIfGiven(values);
		if (given !== undefined) return given;
		return this.reader.check(this.property.default, this.label, values, this.name);
	}

	/** The same field with another name, other texts or conditions. */
	with(
		changes: Partial<
			Pick<
				INodeProperties,
				'default' | 'description' | 'displayOptions' | 'name' | 'placeholder' | 'required'
			>
		>,
	): Field<T> {
		return new Field({ ...this.property, ...changes }, this.reader, this.refusesEmpty, this.former);
	}

	/**
	 * The same field, with another default in nodes before a version. n8n does not store a value that equals the default:
	 * nodes that were saved before a default changed would otherwise change with it.
	 */
	withDefaultBefore(until: number, value: INodeProperties['default']): Field<T> {
		return new Field(this.property, this.reader, this.refusesEmpty, { value, until });
	}

	/** The same field, shown under further conditions. */
	when(show: Conditions['show']): Field<T> {
		return this.with(propertyWhen(this.property, show));
	}

	/**
	 * The same field, refused if it was added and is empty.
	 * @param why what would happen otherwise, for the error
	 * @param fix what to do, for the error
	 */
	refusingEmpty(why: string, fix: string): Field<T> {
		return new Field(this.property, { ...this.reader, fixWhenEmpty: fix }, why, this.former);
	}

	/**
	 * The same field, whose value is converted after it is checked.
	 * @param convert converts the value; may throw InputError
	 */
	converted<U>(convert: (value: T, label: string) => U): Field<U> {
		const { check, absent, ...reader } = this.reader;
		return new Field<U>(
			this.property,
			{
				...reader,
				check: (value, label, values, name) => convert(check(value, label, values, name), label),
				...(absent !== undefined && { absent: convert(absent, this.label) }),
			},
			this.refusesEmpty,
			this.former,
		);
	}
}

/** n8n's property of a field. */
export function propertyOf(
	{ label, name, description, placeholder, builderHint, show, hide, required }: FieldTexts,
	rest: Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties>,
): INodeProperties {
	const displayOptions = { ...(show && { show }), ...(hide && { hide }) };
	return {
		displayName: label,
		name,
		...rest,
		...((show ?? hide) && { displayOptions }),
		...(required && { required }),
		...(placeholder !== undefined && { placeholder }),
		...(description !== undefined && { description }),
		...(builderHint !== undefined && { builderHint: { propertyHint: builderHint } }),
	};
}
