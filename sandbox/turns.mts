/** Runs tasks one after the other, whether or not they succeed. */
export class Turns {
	#last: Promise<unknown> = Promise.resolve();

	/** Runs a task when all earlier ones have ended. */
	run<Result>(task: () => Promise<Result>): Promise<Result> {
		const result = this.#last.then(task);
		this.#last = result.catch(() => undefined);
		return result;
	}
}
