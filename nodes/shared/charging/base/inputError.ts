/** Something that a user entered and that cannot be used; nothing has been sent when it is thrown. */
export class InputError extends Error {
	name = 'InputError';

	/**
	 * @param message names the field as the user sees it, and what is wrong
	 * @param description how to fix it
	 * @param itemIndex the input item, where all of them are worked on together
	 */
	constructor(
		message: string,
		readonly description: string,
		readonly itemIndex?: number,
	) {
		super(message);
	}
}
