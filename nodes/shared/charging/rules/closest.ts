/** How many letters of a name may be wrong at most. */
const MOST_WRONG = 3;

/**
 * How many letters of `a` must be inserted, deleted or replaced to make `b` (Levenshtein distance); undefined if more
 * than `most`, which often shows after a few letters.
 */
function distance(a: string, b: string, most: number): number | undefined {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			next[j] = Math.min(row[j] + 1, next[j - 1] + 1, replaced);
			least = Math.min(least, next[j]);
		}
		if (least > most) return undefined;
		row = next;
	}
	return row[b.length] <= most ? row[b.length] : undefined;
}

/** The known name that is closest to a misspelt one; undefined if none is close enough. */
export function closestOf(name: string, known: readonly string[]): string | undefined {
	let closest: string | undefined;
	let most = MOST_WRONG;
	for (const candidate of known) {
		if (Math.abs(candidate.length - name.length) > most) continue;
		const allowed = Math.min(most, Math.floor(candidate.length / 3));
		const wrong = distance(name.toLowerCase(), candidate.toLowerCase(), allowed);
		if (wrong === undefined || (closest !== undefined && wrong === most)) continue;
		closest = candidate;
		most = wrong;
	}
	return closest;
}
