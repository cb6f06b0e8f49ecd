import type { PollResult } from './polling/poll';
import { hashOf } from './polling/memory';

/** After this long a poll is given up; n8n does so too (ms). */
const GIVEN_UP_AFTER_MS = 45_000;

/** How long n8n may take to store what a poll left to the next one (ms). */
const STORED_WITHIN_MS = 10_000;

interface Turns {
	underWay?: { since: number };
	/** The states that polls have moved on from, each by its hash, and when (ms). */
	left: Map<string, number>;
}

/** Of each node that polls in this process. */
const turnsOf = new Map<string, Turns>();

/**
 * Lets the polls of a node go one after another, and none from a state that another has moved on from: n8n's durable
 * scheduler makes up for missed polls all at once, each with the state that was stored before the first of them.
 * @param node the same for all polls of a node
 * @param stored the state to go on from, as n8n gives it
 * @returns undefined if it is not this poll's turn: what it would have seen, the next one finds
 * @throws what the poll throws
 */
export async function inTurn(
	node: string,
	stored: unknown,
	poll: () => Promise<PollResult>,
): Promise<PollResult | undefined> {
	const turns = turnsOf.get(node) ?? { left: new Map<string, number>() };
	turnsOf.set(node, turns);
	const now = Date.now();
	for (const [state, at] of turns.left) {
		if (now - at > STORED_WITHIN_MS) turns.left.delete(state);
	}
	if (turns.underWay && now - turns.underWay.since < GIVEN_UP_AFTER_MS) return undefined;
	const from = hashOf(JSON.stringify(stored ?? null));
	if (turns.left.has(from)) return undefined;

	const turn = { since: now };
	turns.underWay = turn;
	try {
		const result = await poll();
		if (turns.underWay !== turn) return undefined;
		if (hashOf(JSON.stringify(result.state)) !== from) turns.left.set(from, Date.now());
		return result;
	} finally {
		if (turns.underWay === turn) turns.underWay = undefined;
	}
}
