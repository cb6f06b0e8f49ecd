import { NodeHelpers, type IDataObject, type INode, type INodeParameters } from 'n8n-workflow';

import { InputError } from '../../nodes/shared/charging/base/inputError.ts';
import { propertiesOf, type FormPart } from '../../nodes/shared/node/fields/kinds/field.ts';
import type { Values } from '../../nodes/shared/node/fields/kinds/values.ts';
import { ItemParameters } from '../../nodes/shared/node/itemParameters.ts';

const EXPRESSION = Symbol('expression');

/** A version that no node has reached: fields have the defaults of the newest. */
const NEWEST = 99;

/** The value of an expression in a field. n8n shows fields that depend on such a field whatever the value is. */
export const expression = (value: unknown) => ({
	[EXPRESSION]: value,
	/** For the names of tests. */
	toJSON: () => ({ expression: value ?? null }),
});

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** @param change gives the new value of everything that is neither a list nor an object with fields */
function mapDeep(value: unknown, change: (value: unknown) => unknown): unknown {
	if (Array.isArray(value)) return value.map((entry) => mapDeep(entry, change));
	if (!isObject(value) || EXPRESSION in value) return change(value);
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [name, mapDeep(entry, change)]),
	);
}

/**
 * The values of a form into which a user has entered these parameters; n8n fills in the defaults of the others.
 * @param timezone the workflow's time zone (IANA)
 * @param typeVersion the version of the node; the newest if none is given
 */
export function valuesOf(
	form: FormPart,
	parameters: Record<string, unknown>,
	timezone = 'Europe/Helsinki',
	typeVersion = NEWEST,
): Values {
	const given: unknown[] = [];
	const entered = mapDeep(parameters, (value) =>
		isObject(value)
			? `={{ ${given.push((value as ReturnType<typeof expression>)[EXPRESSION]) - 1} }}`
			: value,
	);
	const filled = NodeHelpers.getNodeParameters(
		form.properties,
		entered as INodeParameters,
		true,
		false,
		{ typeVersion } as INode,
		null,
	);
	const evaluated = mapDeep(filled, (value) => {
		const index = /^=\{\{ (\d+) \}\}$/.exec(String(value))?.[1];
		return index === undefined ? value : given[Number(index)];
	}) as INodeParameters;
	return new ItemParameters(
		{
			getNodeParameter: (name, _itemIndex, fallback, options) =>
				(options?.rawExpressions ? filled : evaluated)?.[name] ?? fallback,
			getTimezone: () => timezone,
		},
		0,
	);
}

/** The error that an operator sees, and its item if all items are read together. */
export type Refusal = Pick<InputError, 'message' | 'description' | 'itemIndex'>;

/** The error with which a form refuses what was entered. @throws any other error, and an error if nothing is refused */
export function refusalOf(read: () => unknown): Refusal {
	try {
		read();
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		const { message, description, itemIndex } = error;
		return { message, description, itemIndex };
	}
	throw new Error('Nothing was refused');
}

/** What a command or a look-up would send for one item. @throws InputError, and an error if it depends on another look-up */
export function prepare<T extends object>(
	operation: { fields: readonly FormPart[]; prepare(values: Values, item: IDataObject): T },
	parameters: Record<string, unknown>,
	item: IDataObject = {},
): Exclude<T, { lookUp: unknown }> {
	const values = valuesOf({ properties: propertiesOf(operation.fields) }, parameters);
	const prepared = operation.prepare(values, item);
	if ('lookUp' in prepared) throw new Error('Something is looked up first');
	return prepared as Exclude<T, { lookUp: unknown }>;
}
