/** The same function, which works out each answer once: in a year of prices, days and times of day come again and again. */
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
