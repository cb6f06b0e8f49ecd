// The tile of a charging station.
import { h } from 'preact';
import htm from 'htm';
import { PowerChart } from './chart.mjs';
import { Connector } from './connector.mjs';
import { control, stationPath } from './control.mjs';
import { RecentValues } from './recentValues.mjs';
import { kW } from './units.mjs';

const html = htm.bind(h);

/** How a station answers commands. */
const ANSWERS = {
	usual: 'as usual',
	refuse: 'with a refusal',
	stall: 'never',
	error: 'with an error',
};

function Answers({ stationId, answers }) {
	const change = ({ target }) =>
		control('POST', `${stationPath(stationId)}/answers`, { behaviour: target.value });
	return html`
		<label>
			Answers
			<select onChange=${change} value=${answers} aria-label=${`How ${stationId} answers commands`}>
				${Object.entries(ANSWERS).map(
					([behaviour, text]) => html`<option value=${behaviour}>${text}</option>`,
				)}
			</select>
		</label>
	`;
}

/** @param station the station’s latest sample */
export function Station({ station }) {
	const { stationId, name, location, connected, powerW, limitW, maxPowerW, connectors, answers } =
		station;
	const isLimited = limitW < maxPowerW;
	const connection = connected ? 'Take offline' : 'Bring online';
	return html`
		<article class="station" aria-label=${name} data-station=${stationId}>
			<h2>${name}</h2>
			<p class="place">${location} · ${stationId}${connected ? '' : ' · offline'}</p>
			<dl>
				<div class="power">
					<dt>Power</dt>
					<dd>${kW(powerW)}</dd>
				</div>
				<div class="limit">
					<dt>${isLimited ? 'Limit' : 'Maximum, no limit set'}</dt>
					<dd>${kW(limitW)}</dd>
				</div>
			</dl>
			<${PowerChart} station=${station} />
			<${RecentValues} station=${station} />
			<table>
				<caption>
					Connectors
				</caption>
				<tbody>
					${connectors.map(
						(connector) =>
							html`<${Connector}
								key=${connector.evseId}
								stationId=${stationId}
								connector=${connector}
							/>`,
					)}
				</tbody>
			</table>
			<div class="buttons">
				<button
					onClick=${() =>
						control('POST', `${stationPath(stationId)}/connection`, { online: !connected })}
					aria-label=${`${connection}: ${stationId}`}
				>
					${connection}
				</button>
				<${Answers} stationId=${stationId} answers=${answers} />
			</div>
		</article>
	`;
}
