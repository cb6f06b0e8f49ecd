import type { Operation } from '../../../../tools/contract/readContract.mts';

/** An operation from its method and path, such as `PUT /stations/{stationId}/limit`. */
export function operation(endpoint: string, more: Partial<Operation> = {}): Operation {
	const [method, path] = endpoint.split(' ');
	return { method, path, messages: {}, ...more };
}
