import type { IExecuteFunctions } from 'n8n-workflow';

import type { ParameterSource } from './parameters';

/** True if n8n would evaluate something in a parameter: a text that begins with "=", however deep. */
const hasExpression = (value: unknown): boolean =>
	typeof value === 'string'
		? value.startsWith('=')
		: typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);

/**
 * The parameters of a node that runs. One without an expression is the same for every item, and read from n8n once:
 * n8n takes about as long to read a constant as to evaluate an expression.
 */
export function parametersOf(context: IExecuteFunctions): ParameterSource {
	const { parameters } = context.getNode();
	const timezone = context.getTimezone();
	const constant = new Map<string, boolean>();
	const read = new Map<string, unknown>();
	const isConstant = (name: string) => {
		const [field] = name.split(/[.[]/, 1);
		const known = constant.get(field) ?? !hasExpression(parameters[field]);
		constant.set(field, known);
		return known;
	};
	return {
		getNodeParameter(name, itemIndex, fallback) {
			const get = () => context.getNodeParameter(name, itemIndex, fallback);
			if (!isConstant(name)) return get();
			if (!read.has(name)) read.set(name, get());
			return read.get(name);
		},
		getTimezone: () => timezone,
	};
}
