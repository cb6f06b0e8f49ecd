import { hashOf } from '../charging/base/hash';

/** After this time a poll is given up, as n8n does. */
const GIVEN_UP_AFTER_MS = 45_000;

/** How long n8n may take to store a poll's new state. */
const STORED_WITHIN_MS = 10_000;

interface Turns {
	underWay?: { sinceMs: number };
	/** The hashes of states that polls have replaced, and when (ms). */
	replaced: Map<string, number>;
}

/** By node, for all nodes that poll in this process. */
const turnsOf = new Map<string, Turns>();

/**
 * Runs the polls of a node one at a time, and never two from the same state: n8n's durable scheduler catches up on
 * missed polls all at once, each with the state that was stored before the first of them.
 * @param node identifies the node; the same for all its polls
 * @param stored the state that this poll starts from, as n8n gives it
 * @returns undefined if this poll is not run; the next poll finds what this one would have found
 * @throws what the poll throws
 */
export async function inTurn<T extends { state: unknown }>(
	node: string,
	stored: unknown,
	poll: () => Promise<T>,
): Promise<T | undefined> {
	const turns = turnsOf.get(node) ?? { replaced: new Map<string, number>() };
	turnsOf.set(node, turns);
	const now = Date.now();
	for (const [state, at] of turns.replaced) {
		if (now - at > STORED_WITHIN_MS) turns.replaced.delete(state);
	}
	if (turns.underWay && now - turns.underWay.sinceMs < GIVEN_UP_AFTER_MS) return undefined;
	const from = hashOf(JSON.stringify(stored ?? null));
	if (turns.replaced.has(from)) return undefined;

	const turn = { sinceMs: now };
	turns.underWay = turn;
	try {
		const result = await poll();
		if (turns.underWay !== turn) return undefined;
		if (hashOf(JSON.stringify(result.state)) !== from) turns.replaced.set(from, Date.now());
		return result;
	} finally {
		if (turns.underWay === turn) turns.underWay = undefined;
	}
}
