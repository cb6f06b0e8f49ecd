import { hashOf } from './hash';

/** After this long a poll is given up; n8n does so too. */
const GIVEN_UP_AFTER_MS = 45_000;

/** How long n8n may take to store what a poll left to the next one. */
const STORED_WITHIN_MS = 10_000;

interface Turns {
	underWay?: { sinceMs: number };
	/** The states that polls have moved on from, each by its hash, and when (ms). */
	movedOnFrom: Map<string, number>;
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
export async function inTurn<T extends { state: unknown }>(
	node: string,
	stored: unknown,
	poll: () => Promise<T>,
): Promise<T | undefined> {
	const turns = turnsOf.get(node) ?? { movedOnFrom: new Map<string, number>() };
	turnsOf.set(node, turns);
	const now = Date.now();
	for (const [state, at] of turns.movedOnFrom) {
		if (now - at > STORED_WITHIN_MS) turns.movedOnFrom.delete(state);
	}
	if (turns.underWay && now - turns.underWay.sinceMs < GIVEN_UP_AFTER_MS) return undefined;
	const from = hashOf(JSON.stringify(stored ?? null));
	if (turns.movedOnFrom.has(from)) return undefined;

	const turn = { sinceMs: now };
	turns.underWay = turn;
	try {
		const result = await poll();
		if (turns.underWay !== turn) return undefined;
		if (hashOf(JSON.stringify(result.state)) !== from) turns.movedOnFrom.set(from, Date.now());
		return result;
	} finally {
		if (turns.underWay === turn) turns.underWay = undefined;
	}
}
