import {
	isResourceLocatorValue,
	type IDataObject,
	type IExecuteFunctions,
	type INodeParameters,
	type NodeParameterValueType,
} from 'n8n-workflow';

import { propertiesOf } from './fields/kinds/field';
import type { Resource } from './operation';
import type { ParameterSource } from './itemParameters';

/** True if n8n would evaluate something in a parameter: a text that begins with "=", however deep. */
const hasExpression = (value: unknown): boolean =>
	typeof value === 'string'
		? value.startsWith('=')
		: typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);

/** An expression that is a field of the item and nothing else, as dragging makes it: `={{ $json.station.id }}`. */
const FIELD = /^=\{\{ ?\$json((?:\.[A-Za-z]\w*)+) ?\}\}$/;

/** Names that n8n refuses in expressions, whatever the item holds under them. */
const isRefused = (name: string) => name === 'prototype' || name in Object.prototype;

/** Finds a field of an item. @returns undefined unless it is a text or a number, which n8n gives as they are */
function fieldOf(json: IDataObject, path: readonly string[]): string | number | undefined {
	let at: unknown = json;
	for (const name of path) {
		if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
		at = Reflect.get(at, name);
	}
	return typeof at === 'string' || typeof at === 'number' ? at : undefined;
}

/** How a parameter is read: once for all items, as a field of the item, or by n8n. */
type Reading =
	| { by: 'constant' }
	| { by: 'field'; path: string[]; wrap: (value: string | number) => unknown }
	| { by: 'n8n' };

function readingOf(parameter: NodeParameterValueType | undefined): Reading {
	if (!hasExpression(parameter)) return { by: 'constant' };
	const isLocator = isResourceLocatorValue(parameter);
	const expression = isLocator ? parameter.value : parameter;
	const path = typeof expression === 'string' ? FIELD.exec(expression)?.[1] : undefined;
	const names = path?.slice(1).split('.') ?? [];
	if (names.length === 0 || names.some(isRefused)) return { by: 'n8n' };
	return {
		by: 'field',
		path: names,
		wrap: (value) => (isLocator ? { ...parameter, value } : value),
	};
}

/**
 * The parameters of a node that runs, with less work where it shows no difference. n8n evaluates each expression in a
 * sandbox of its own (about 0.2 ms). So constants are read once, and a text or a number that an expression takes from the
 * item as it is, from the item. All else n8n reads.
 * @param resources tell which fields n8n checks by itself (`validateType`): those it must read
 */
export function parametersOf(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): ParameterSource {
	const parameters: INodeParameters = context.getNode().parameters;
	const fields = resources.flatMap(({ operations }) =>
		operations.flatMap((operation) => propertiesOf(operation.fields)),
	);
	const checked = new Set(fields.filter((field) => field.validateType).map(({ name }) => name));
	const input = context.getInputData();
	const timezone = context.getTimezone();
	const readings = new Map<string, Reading>();
	const constants = new Map<string, unknown>();
	const readingFor = (name: string): Reading => {
		const [field] = name.split(/[.[]/, 1);
		let reading = readings.get(field);
		if (reading === undefined) {
			reading = readingOf(parameters[field]);
			if (reading.by === 'field' && checked.has(field)) reading = { by: 'n8n' };
			readings.set(field, reading);
		}
		return reading;
	};
	return {
		getNodeParameter(name, itemIndex, fallback, options) {
			const get = () => context.getNodeParameter(name, itemIndex, fallback, options);
			if (options) return get();
			const reading = readingFor(name);
			switch (reading.by) {
				case 'constant':
					if (!constants.has(name)) constants.set(name, get());
					return constants.get(name);
				case 'field': {
					const found = fieldOf(input[itemIndex].json, reading.path);
					return found === undefined ? get() : reading.wrap(found);
				}
				case 'n8n':
					return get();
			}
		},
		getTimezone: () => timezone,
	};
}
