// The page at the sandbox’s root: one tile per charging station, with its power and its limit.
import { h, render } from 'preact';
import htm from 'htm';
import { isConnected, latest, receiveSamples } from './samples.mjs';
import { Station } from './station.mjs';

const html = htm.bind(h);

function Page() {
	const sample = latest.value;
	const clock = sample && `${new Date(sample.time).toLocaleString()} · ×${sample.speed}`;
	return html`
		<header>
			<h1>Charging stations</h1>
			<p class="clock">${clock}</p>
			<p role="status" class="connection">
				${isConnected.value ? 'Live' : 'Not connected: is the sandbox running?'}
			</p>
		</header>
		<div class="stations">
			${sample?.stations.map(
				(station) => html`<${Station} key=${station.stationId} station=${station} />`,
			)}
		</div>
	`;
}

receiveSamples();
render(html`<${Page} />`, document.getElementById('page'));
