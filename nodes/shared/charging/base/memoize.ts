/**
 * The same function, but it computes each result only once: in a year of prices the same days and times of day
 * occur many times.
 */
export function memoize<K, V>(work: (key: K) => V): (key: K) => V {
	const answers = new Map<K, V>();
	return (key) => {
		const known = answers.get(key);
		if (known !== undefined || answers.has(key)) return known as V;
		const answer = work(key);
		answers.set(key, answer);
		return answer;
	};
}
