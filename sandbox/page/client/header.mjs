// The clock of the simulated world and its speed, and what concerns all stations.
import { h } from 'preact';
import htm from 'htm';
import { control, problem } from './control.mjs';
import { search, STATUSES, status, totals } from './fleet.mjs';
import { clock, isConnected } from './stream.mjs';
import { dateAndTime, kW } from './units.mjs';

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

function Totals() {
	const { stations, charging, powerW, limitW } = totals.value;
	return html`
		<p class="totals">
			${stations} stations · ${charging} ${charging === 1 ? 'car charges' : 'cars charge'} ·${' '}
			${kW(powerW)} of ${kW(limitW)}
		</p>
	`;
}

function Search() {
	return html`
		<label>
			Find
			<input
				type="search"
				placeholder="Name, ID or location"
				value=${search}
				onInput=${({ target }) => (search.value = target.value)}
			/>
		</label>
		<label>
			Stations
			<select
				value=${status}
				onChange=${({ target }) => (status.value = target.value)}
				aria-label="Which stations"
			>
				${Object.entries(STATUSES).map(
					([name, { text }]) => html`<option value=${name}>${text}</option>`,
				)}
			</select>
		</label>
	`;
}

export function Header() {
	const now = clock.value;
	return html`
		<header>
			<h1>Charging stations</h1>
			${now &&
			html`
				<p class="clock">${dateAndTime(now.time)}</p>
				<${Speed} speed=${now.speed} />
				<button onClick=${() => control('POST', '/reset')}>Reset</button>
				<${Search} />
				<${Totals} />
			`}
			<p role="status" class="connection">
				${isConnected.value ? 'Live' : 'Not connected: is the sandbox running?'}
			</p>
			<p role="alert" class="problem">${problem}</p>
		</header>
	`;
}
