/** A failure that is printed as one sentence, without its stack: what happened and what to do. */
export class OperatorError extends Error {}

/** What to print for a failure: the sentence of an `OperatorError`, the stack of anything else. */
export function describeFailure(failure: unknown): string {
	if (failure instanceof OperatorError) return failure.message;
	return isObject(failure) && 'stack' in failure ? String(failure.stack) : String(failure);
}

// Not `instanceof Error`: under Jest, errors of Node's own modules come from another realm.

/** A system error's code, e.g. "EADDRINUSE". */
export const codeOf = (error: unknown): string | undefined =>
	isObject(error) && 'code' in error ? String(error.code) : undefined;

export const messageOf = (error: unknown): string =>
	isObject(error) && 'message' in error ? String(error.message) : String(error);

export const isObject = (value: unknown): value is object =>
	typeof value === 'object' && value !== null;
