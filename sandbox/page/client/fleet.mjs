// What is known of the stations, and which of them are shown.
import { computed, signal } from '@preact/signals';
import { receiveChanges } from './series.mjs';

/** By station ID: `state`, a signal of everything that is known of the station, and `isNear`, whether its tile is near the view. */
const stations = new Map();

/** Counts up with each update that changes something. */
const changes = signal(0);

/** Part of a name, an ID or a location; empty: all. */
export const search = signal('');

/** A name of STATUSES. */
export const status = signal('all');

/** What stations can be looked for by. */
export const STATUSES = {
	all: { text: 'all', holds: () => true },
	charging: { text: 'that charge', holds: ({ charging }) => charging > 0 },
	limited: { text: 'with a limit', holds: ({ limitW, maxPowerW }) => limitW < maxPowerW },
	available: {
		text: 'with a free connector',
		holds: ({ statuses }) => statuses.includes('Available'),
	},
	faulted: { text: 'with a fault', holds: ({ statuses }) => statuses.includes('Faulted') },
	offline: { text: 'that are offline', holds: ({ connected }) => !connected },
};

let shown = [];

/** The stations that are looked for: the same array as long as they are the same. */
export const shownIds = computed(() => {
	changes.value;
	const wanted = search.value.trim().toLowerCase();
	const isWanted = ({ stationId, name, location }) =>
		[stationId, name, location].some((text) => text.toLowerCase().includes(wanted));
	const ids = [...stations.values()]
		.map(({ state }) => state.peek())
		.filter((state) => isWanted(state) && STATUSES[status.value].holds(state))
		.map(({ stationId }) => stationId);
	const isSame = ids.length === shown.length && ids.every((id, index) => id === shown[index]);
	return isSame ? shown : (shown = ids);
});
/** Of all stations: how many there are, how many cars charge, power and limit (W). */
export const totals = computed(() => {
	changes.value;
	const sum = { stations: 0, charging: 0, powerW: 0, limitW: 0 };
	for (const { state } of stations.values()) {
		const { charging, powerW, limitW } = state.peek();
		sum.stations += 1;
		sum.charging += charging;
		sum.powerW += powerW;
		sum.limitW += limitW;
	}
	return sum;
});

export const stationOf = (stationId) => stations.get(stationId);

/** @param update what is new; with `stations` whatever was known is forgotten */
export function receiveStations({ stations: all, summaries, details }) {
	if (all) {
		const former = new Map(stations);
		stations.clear();
		for (const description of all) {
			// A tile keeps its place over a reset.
			const known = former.get(description.stationId);
			const state = known?.state ?? signal();
			state.value = { ...description, statuses: [], charging: 0, powerW: 0, limitW: 0 };
			stations.set(description.stationId, { state, isNear: known?.isNear ?? signal(false) });
		}
	}
	for (const summary of summaries) merge(summary.stationId, summary);
	for (const { changes: news, isComplete, ...shown } of details) {
		receiveChanges(shown.stationId, news, isComplete);
		merge(shown.stationId, { details: shown });
	}
	if (all || summaries.length > 0) changes.value += 1;
}

function merge(stationId, news) {
	const state = stations.get(stationId)?.state;
	if (state) state.value = { ...state.peek(), ...news };
}

/** The stations whose tiles are near the view. */
export const nearIds = () =>
	[...stations].filter(([, { isNear }]) => isNear.peek()).map(([stationId]) => stationId);
