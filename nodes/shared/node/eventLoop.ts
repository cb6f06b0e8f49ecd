import { sleep } from 'n8n-workflow';

/** How long work may go on before others get their turn. */
const LONGEST_TURN_MS = 20;

/**
 * Lets others have their turn during long work: n8n serves webhooks, other executions and its editor from the same
 * event loop, and takes a worker that does not answer for stalled.
 * @returns a function to call, and await, between two pieces of the work
 */
export function turnTaker(): () => Promise<void> {
	let began = Date.now();
	return async () => {
		if (Date.now() - began < LONGEST_TURN_MS) return;
		await sleep(0);
		began = Date.now();
	};
}
