import type { IDataObject } from 'n8n-workflow';

import type { Parameters } from '../parameters';

/**
 * The values of a collection that the user added. One that an expression leaves undefined is null here: it was added,
 * so it must be refused as empty, and not be taken for one that was not added.
 */
export const readAdded = (parameters: Parameters, name: string): IDataObject =>
	Object.fromEntries(
		Object.entries(parameters.collection(name)).map(([key, value]) => [key, value ?? null]),
	);
