/**
 * Shares what a station may draw among its EVSEs, max-min fair: no EVSE gets more than it asks for, and
 * the others share what an EVSE does not need. The shares are in the order of the demands.
 */
export function share(total: number, demands: readonly number[]): number[] {
	const shares = demands.map(() => 0);
	let remaining = Math.max(0, total);
	const bySize = demands
		.map((demand, index) => ({ demand, index }))
		.sort((a, b) => a.demand - b.demand);
	bySize.forEach(({ demand, index }, position) => {
		shares[index] = Math.min(demand, remaining / (bySize.length - position));
		remaining -= shares[index];
	});
	return shares;
}
