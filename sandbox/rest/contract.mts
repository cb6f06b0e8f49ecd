import type { components, operations } from '../../nodes/shared/chargeye/types.ts';

export type OperationId = keyof operations;

type Params<Id extends OperationId> = operations[Id]['parameters'] extends { path: infer Path }
	? Path
	: unknown;
type Query<Id extends OperationId> = NonNullable<operations[Id]['parameters']['query']>;
type Body<Id extends OperationId> = operations[Id] extends {
	requestBody: { content: { 'application/json': infer Json } };
}
	? Json
	: unknown;
type Answer<Id extends OperationId> = operations[Id]['responses'] extends {
	200: { content: { 'application/json': infer Json } };
}
	? Json
	: never;

/** A handler for each of the given operations of the contract, typed by it. */
export type ContractHandlers<Id extends OperationId> = {
	[Operation in Id]: (request: {
		params: Params<Operation>;
		query: Query<Operation>;
		body: Body<Operation>;
	}) => Answer<Operation> | Promise<Answer<Operation>>;
};

export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
