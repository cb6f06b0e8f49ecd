// The clock of the simulated world and its speed, and what concerns all stations.
import { h } from 'preact';
import htm from 'htm';
import { control, problem } from './control.mjs';
import { isConnected, latest } from './samples.mjs';
import { dateAndTime } from './units.mjs';

const html = htm.bind(h);

const SPEEDS = new Map([
	[0, 'paused'],
	[1, 'real time'],
	[10, '10 times'],
	[60, '60 times: a minute a second'],
	[600, '600 times: ten minutes a second'],
	[3600, '3600 times: an hour a second'],
]);

function Speed({ speed }) {
	const speeds = SPEEDS.has(speed) ? SPEEDS : new Map([...SPEEDS, [speed, `${speed} times`]]);
	const change = ({ target }) => control('PUT', '/clock', { speed: Number(target.value) });
	return html`
		<label>
			Speed
			<select onChange=${change} value=${speed}>
				${[...speeds].map(([value, text]) => html`<option value=${value}>${text}</option>`)}
			</select>
		</label>
	`;
}

export function Header() {
	const sample = latest.value;
	return html`
		<header>
			<h1>Charging stations</h1>
			${sample &&
			html`
				<p class="clock">${dateAndTime(sample.time)}</p>
				<${Speed} speed=${sample.speed} />
				<button onClick=${() => control('POST', '/reset')}>Reset</button>
			`}
			<p role="status" class="connection">
				${isConnected.value ? 'Live' : 'Not connected: is the sandbox running?'}
			</p>
			<p role="alert" class="problem">${problem}</p>
		</header>
	`;
}
