import type { Option } from './kinds/option';

/** Fields to choose from. @param fields label and description by the field’s name */
export const fieldOptions = (
	fields: Readonly<Record<string, readonly [name: string, description: string]>>,
): ReadonlyArray<Option<string>> =>
	Object.entries(fields).map(([value, [name, description]]) => ({ name, value, description }));
