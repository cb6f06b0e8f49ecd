/** A failure that is told as one sentence: what happened and what to do. Its stack helps nobody. */
export class OperatorError extends Error {}

/** What to print for a failure: the sentence of an `OperatorError`, the stack of anything else. */
export function describeFailure(failure: unknown): string {
	if (failure instanceof OperatorError) return failure.message;
	return isObject(failure) && 'stack' in failure ? String(failure.stack) : String(failure);
}

// Not `instanceof Error`: under Jest the errors of Node's own modules are of another realm.

/** A system error's code, e.g. "EADDRINUSE". */
export const codeOf = (error: unknown): string | undefined =>
	isObject(error) && 'code' in error ? String(error.code) : undefined;

export const messageOf = (error: unknown): string =>
	isObject(error) && 'message' in error ? String(error.message) : String(error);

export const isObject = (value: unknown): value is object =>
	typeof value === 'object' && value !== null;
