/** How many letters of a name may be wrong. */
const MOST_WRONG = 3;

/** How many letters of `a` have to be put in, left out or replaced to make `b` (Levenshtein). */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(row[j] + 1, next[j - 1] + 1, replaced));
		}
		row = next;
	}
	return row[b.length];
}

/** The known name that a misspelt one was meant to be, if it is close to one. */
export function closestOf(name: string, known: readonly string[]): string | undefined {
	const written = name.toLowerCase();
	const [closest] = known
		.filter((candidate) => Math.abs(candidate.length - name.length) <= MOST_WRONG)
		.map((candidate) => ({ candidate, wrong: distance(written, candidate.toLowerCase()) }))
		.filter(({ candidate, wrong }) => wrong <= Math.min(MOST_WRONG, candidate.length / 3))
		.sort((a, b) => a.wrong - b.wrong);
	return closest?.candidate;
}
