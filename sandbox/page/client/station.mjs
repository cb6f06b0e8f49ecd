// The tile of a charging station.
import { h } from 'preact';
import htm from 'htm';
import { Answers } from './answers.mjs';
import { PowerChart } from './chart.mjs';
import { Connector } from './connector.mjs';
import { control, stationPath } from './control.mjs';
import { limitedBy } from './limit.mjs';
import { RecentValues } from './recentValues.mjs';
import { kW } from './units.mjs';

const html = htm.bind(h);

function Connection({ stationId, connected }) {
	const text = connected ? 'Take offline' : 'Bring online';
	const change = () =>
		control('POST', `${stationPath(stationId)}/connection`, { online: !connected });
	return html`<button onClick=${change} aria-label=${`${text}: ${stationId}`}>${text}</button>`;
}

/** What is in a tile near the view, below the name. @param station everything that is known of the station */
export function Station({ station }) {
	const { stationId, connected, powerW, limitW, maxPowerW, details } = station;
	const isLimited = limitW < maxPowerW;
	return html`
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
		<p class="source">${isLimited && details ? limitedBy(details.limitedBy, details.time) : ''}</p>
		<${PowerChart} station=${station} />
		<${RecentValues} station=${station} />
		<table>
			<caption>
				Connectors
			</caption>
			<tbody>
				${details?.connectors.map(
					(connector) =>
						html`<${Connector}
							key=${connector.evseId}
							stationId=${stationId}
							connector=${connector}
							time=${details.time}
						/>`,
				)}
			</tbody>
		</table>
		<div class="buttons">
			<${Connection} stationId=${stationId} connected=${connected} />
			<${Answers} stationId=${stationId} answers=${details?.answers ?? []} />
		</div>
	`;
}
