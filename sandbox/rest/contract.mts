import type {
	BodyOf,
	EndpointKey,
	PathOf,
	PromisedAnswerOf,
	QueryOf,
} from '../../nodes/shared/chargeye/contract.ts';

export type { EndpointKey as OperationId, Schema } from '../../nodes/shared/chargeye/contract.ts';

/** A handler for each of the given operations, typed by the contract. */
export type ContractHandlers<Id extends EndpointKey> = {
	[Operation in Id]: (request: {
		params: PathOf<Operation>;
		query: QueryOf<Operation>;
		body: BodyOf<Operation>;
	}) => PromisedAnswerOf<Operation> | Promise<PromisedAnswerOf<Operation>>;
};
