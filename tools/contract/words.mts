/** Words that vendors use for the same thing or the same act, each with the one of ours. */
const SAME: Record<string, string> = {
	charger: 'station',
	point: 'station',
	evse: 'connector',
	outlet: 'connector',
	session: 'transaction',
	tx: 'transaction',
	site: 'location',
	change: 'set',
	update: 'set',
	apply: 'set',
	delete: 'clear',
	remove: 'clear',
	begin: 'start',
	end: 'stop',
	reboot: 'restart',
	list: 'get',
	read: 'get',
	fetch: 'get',
	find: 'get',
	retrieve: 'get',
	refresh: 'renew',
};
const THINGS = ['station', 'connector', 'transaction', 'location'];
const ACTS = ['set', 'clear', 'start', 'stop', 'restart', 'get', 'renew'];
const EMPTY = /^(an?|the|of|on|for|to|in|at|by|from|all|its?|charg(e|ing)|ev|id)$/;

/** The telling words of a text or name, in the singular: `chargePointIds` → `station`. */
export const wordsOf = (text: string): Set<string> =>
	new Set(
		text
			.replace(/([a-z\d])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4')
			.toLowerCase()
			.split(/[^a-z\d]+/)
			.map((word) => word.replace(/([^su])s$/, '$1'))
			.filter((word) => word !== '' && !EMPTY.test(word))
			.map((word) => (Object.hasOwn(SAME, word) ? SAME[word] : word)),
	);

/** What an operation does, such as `clear`; undefined when that is not clear. */
export function actIn(words: Set<string>): string | undefined {
	const acts = ACTS.filter((act) => words.has(act));
	return acts.length === 1 ? acts[0] : undefined;
}

/** What is left besides act and thing, such as `power` and `limit`. */
export const subjectIn = (words: Set<string>): Set<string> =>
	new Set([...words].filter((word) => !ACTS.includes(word) && !THINGS.includes(word)));

/** What each placeholder of a path stands for, as its name or the segment before it says: `/sessions/{id}` → `transaction`. */
export function placeholderThings(path: string): Map<string, string | undefined> {
	const segments = path.split('/');
	const thingIn = (text: string) => THINGS.findLast((thing) => wordsOf(text).has(thing));
	return new Map(
		segments.flatMap((segment, index) => {
			const name = /^\{(.*)\}$/.exec(segment)?.[1];
			return name === undefined ? [] : [[name, thingIn(name) ?? thingIn(segments[index - 1])]];
		}),
	);
}

/** How much two sets share: 0 nothing, 1 everything; undefined when both are empty (Dice's coefficient). */
export function likeness(a: Set<string>, b: Set<string>): number | undefined {
	const shared = [...a].filter((one) => b.has(one)).length;
	return a.size + b.size === 0 ? undefined : (2 * shared) / (a.size + b.size);
}
