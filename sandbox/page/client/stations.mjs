// The tiles of all stations. Only those near the view have more than a name, so that there may be thousands.
import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import htm from 'htm';
import { nearIds, shownIds, stationOf, totals } from './fleet.mjs';
import { Station } from './station.mjs';
import { watch } from './stream.mjs';

const html = htm.bind(h);

/** How long to wait for further tiles before the sandbox is told which ones are near the view (ms). */
const PATIENCE_MS = 100;

let waiting;
let watched = '';

function watchNear() {
	clearTimeout(waiting);
	waiting = setTimeout(() => {
		const ids = nearIds();
		if (ids.join() === watched) return;
		watched = ids.join();
		watch(ids);
	}, PATIENCE_MS);
}

const observer = new IntersectionObserver(
	(entries) => {
		for (const { target, isIntersecting } of entries) {
			// A tile keeps what has the focus.
			const isNear = isIntersecting || target.contains(document.activeElement);
			const station = stationOf(target.dataset.station);
			if (station) station.isNear.value = isNear;
		}
		watchNear();
	},
	{ rootMargin: '300px 0px' },
);

function Tile({ stationId }) {
	const place = useRef(null);
	const { state, isNear } = stationOf(stationId);
	useEffect(() => {
		const element = place.current;
		observer.observe(element);
		return () => {
			observer.unobserve(element);
			isNear.value = false;
			watchNear();
		};
	}, [stationId]);
	// A tile far away does not follow the station.
	const station = isNear.value ? state.value : state.peek();
	const { name, location, connected } = station;
	return html`
		<article ref=${place} class="station" aria-label=${name} data-station=${stationId}>
			<h2>${name}</h2>
			<p class="place">${location} · ${stationId}${connected ? '' : ' · offline'}</p>
			${isNear.value && html`<${Station} station=${station} />`}
		</article>
	`;
}

export function Stations() {
	const ids = shownIds.value;
	const { stations } = totals.value;
	return html`
		<p role="status" class="found">${ids.length < stations ? `${ids.length} found` : ''}</p>
		<div class="stations">
			${ids.map((stationId) => html`<${Tile} key=${stationId} stationId=${stationId} />`)}
		</div>
	`;
}
