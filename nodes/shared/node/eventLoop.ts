import { sleep } from 'n8n-workflow';

/** For how long work may occupy the event loop. */
const LONGEST_TURN_MS = 20;

/**
 * Frees the event loop regularly during long work: n8n serves webhooks, other executions and its editor from the same
 * event loop, and considers a worker stalled that does not respond.
 * @returns a function to call and await between two parts of the work
 */
export function turnTaker(): () => Promise<void> {
	let began = Date.now();
	return async () => {
		if (Date.now() - began < LONGEST_TURN_MS) return;
		await sleep(0);
		began = Date.now();
	};
}
