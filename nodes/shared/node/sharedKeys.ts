/**
 * One key for each list, the same for lists that have an entry in common, directly or through other lists.
 * @returns undefined for an empty list
 */
export function sharedKeys(lists: ReadonlyArray<readonly string[]>): Array<string | undefined> {
	const parents = new Map<string, string>();
	const rootOf = (entry: string): string => {
		let root = entry;
		for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
		if (root !== entry) parents.set(entry, root);
		return root;
	};
	for (const [first, ...others] of lists) {
		for (const other of others) {
			const [root, otherRoot] = [rootOf(first), rootOf(other)];
			if (root !== otherRoot) parents.set(otherRoot, root);
		}
	}
	return lists.map(([first]) => (first === undefined ? undefined : rootOf(first)));
}
