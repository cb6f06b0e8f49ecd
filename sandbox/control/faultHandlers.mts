import { problemOf, type Fault } from '../faults/fault.mts';
import type { FaultInForce, Faults } from '../faults/faults.mts';
import { HttpError } from '../http/httpError.mts';
import type { Expiry, Tokens } from '../rest/tokens.mts';

export interface FaultHandlerOptions {
	faults: Faults;
	/** The operationIds of the REST API. */
	operations: readonly string[];
	tokens: Tokens;
}

/** How the control API breaks the REST API, and repairs it. */
export function faultHandlers({ faults, operations, tokens }: FaultHandlerOptions) {
	return {
		listFaults: (): FaultInForce[] => faults.all(),
		addFault: ({ body }: { body: Fault }): FaultInForce[] => {
			const problem = problemOf(body, operations);
			if (problem !== undefined) throw new HttpError(400, problem);
			faults.add(body);
			return faults.all();
		},
		clearFaults: (): FaultInForce[] => {
			faults.clear();
			return faults.all();
		},
		expireTokens: ({ body }: { body: Expiry }): object => {
			if (body.at !== undefined && body.afterRequests !== undefined) {
				throw new HttpError(400, 'at and afterRequests do not go together');
			}
			tokens.expire(body);
			return {};
		},
	};
}
