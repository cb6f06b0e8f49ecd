/** An error in what a user entered. It is thrown before anything is sent. */
export class InputError extends Error {
	name = 'InputError';

	/**
	 * @param message names the field as the user sees it, and what is wrong
	 * @param description how to fix it
	 * @param itemIndex the input item, if an operation takes all items together
	 */
	constructor(
		message: string,
		readonly description: string,
		readonly itemIndex?: number,
	) {
		super(message);
	}
}

/** Reads a value of one of several input items; an error about it names the item. @throws InputError */
export function inItem<T>(itemIndex: number, read: () => T): T {
	let refusal: unknown;
	try {
		return read();
	} catch (error) {
		refusal = error;
	}
	throw refusal instanceof InputError
		? new InputError(refusal.message, refusal.description, itemIndex)
		: refusal;
}
