import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { InputError } from '../../nodes/shared/charging/base/inputError.ts';
import type { FormPart } from '../../nodes/shared/node/fields/kinds/field.ts';
import type { Values } from '../../nodes/shared/node/fields/kinds/values.ts';
import { ItemParameters } from '../../nodes/shared/node/itemParameters.ts';

/**
 * The values of a form in which a user has entered these parameters: what is left out has its default, as n8n fills it in.
 * @param timezone the workflow's time zone (IANA)
 */
export function valuesOf(
	form: FormPart,
	parameters: Record<string, unknown>,
	timezone = 'Europe/Helsinki',
): Values {
	const entered = NodeHelpers.getNodeParameters(
		form.properties,
		parameters as INodeParameters,
		true,
		false,
		null,
		null,
	);
	return new ItemParameters(
		{
			getNodeParameter: (name, _itemIndex, fallback) => entered?.[name] ?? fallback,
			getTimezone: () => timezone,
		},
		0,
	);
}

/** What an operator is told, and the item that it is about where all of them are read together. */
export type Refusal = Pick<InputError, 'message' | 'description' | 'itemIndex'>;

/** How a form refuses what was entered. @throws what is thrown otherwise, and if nothing is */
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
