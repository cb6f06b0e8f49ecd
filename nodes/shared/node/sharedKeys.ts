/**
 * One key for each list, the same for lists that have an entry in common, directly or through other lists.
 * @returns undefined for an empty list
 */
export function sharedKeys(lists: ReadonlyArray<readonly string[]>): Array<string | undefined> {
	const parents = new Map<string, string>();
	const rootOf = (entry: string): string => {
		let at = entry;
		for (let up = parents.get(at); up !== undefined; up = parents.get(at)) {
			// Halves the way for later look-ups.
			const next = parents.get(up);
			if (next !== undefined) parents.set(at, next);
			at = up;
		}
		return at;
	};
	for (const [first, ...others] of lists) {
		for (const other of others) {
			const [root, otherRoot] = [rootOf(first), rootOf(other)];
			if (root !== otherRoot) parents.set(otherRoot, root);
		}
	}
	return lists.map(([first]) => (first === undefined ? undefined : rootOf(first)));
}
