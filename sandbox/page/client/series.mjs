// The power and the limit of stations over time: both are constant from one change to the next.

/** How long the charts look back, in real seconds. */
export const SHOWN_S = 120;

/** By station ID: `{at, powerW, limitW}`, oldest first; `at` in epoch ms. */
const series = new Map();

/** @param isComplete whether the changes are all that are known, and not only those after the last ones */
export function receiveChanges(stationId, changes, isComplete) {
	const known = isComplete ? [] : (series.get(stationId) ?? []);
	for (const change of changes) {
		// Of several changes at one time the last counts.
		if (known.at(-1)?.at === change.at) known.pop();
		known.push(change);
	}
	series.set(stationId, known);
}

/**
 * The data of a station’s chart in uPlot’s form, with a last point for now: times (s), power (kW) and limit (kW).
 * @param time now, epoch ms
 */
export function seriesOf(stationId, time) {
	const known = series.get(stationId) ?? [];
	const last = known.at(-1);
	const points = last && last.at < time ? [...known, { ...last, at: time }] : known;
	return [
		points.map(({ at }) => at / 1000),
		points.map(({ powerW }) => powerW / 1000),
		points.map(({ limitW }) => limitW / 1000),
	];
}
