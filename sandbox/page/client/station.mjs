// The tile of a charging station.
import { h } from 'preact';
import htm from 'htm';
import { PowerChart } from './chart.mjs';

const html = htm.bind(h);

const kW = (watts) => `${(watts / 1000).toFixed(1)} kW`;

/** Asks the sandbox’s control API to do something at a station. */
async function act(path, body) {
	const answer = await fetch(`/control/stations/${path}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!answer.ok) alert((await answer.json()).message ?? `The sandbox answered ${answer.status}.`);
}

function Connector({ stationId, connector: { evseId, name, status, cable, powerW, soc } }) {
	const path = `${encodeURIComponent(stationId)}/evse/${evseId}`;
	const label = `${name} of ${stationId}`;
	return html`
		<tr>
			<th scope="row">${name}</th>
			<td>${status}</td>
			<td class="number">${kW(powerW)}</td>
			<td class="number">${soc === null ? '' : `${Math.floor(soc)} %`}</td>
			<td>
				${cable
					? html`<button onClick=${() => act(`${path}/unplug`, {})} aria-label=${`Unplug ${label}`}>
							Unplug
						</button>`
					: html`<button
							onClick=${() => act(`${path}/plugIn`, { authorize: true })}
							aria-label=${`Plug in ${label}`}
						>
							Plug in
						</button>`}
			</td>
		</tr>
	`;
}

/** @param station the station’s latest sample */
export function Station({ station }) {
	const { stationId, name, location, connected, powerW, limitW, maxPowerW, connectors } = station;
	const isLimited = limitW < maxPowerW;
	const path = encodeURIComponent(stationId);
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
			<button
				onClick=${() => act(`${path}/connection`, { online: !connected })}
				aria-label=${`${connected ? 'Take offline' : 'Bring online'}: ${stationId}`}
			>
				${connected ? 'Take offline' : 'Bring online'}
			</button>
		</article>
	`;
}
