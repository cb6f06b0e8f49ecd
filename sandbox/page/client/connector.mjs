// A connector of a charging station, as a row of a table.
import { h } from 'preact';
import htm from 'htm';
import { control, stationPath } from './control.mjs';
import { kW } from './units.mjs';

const html = htm.bind(h);

export function Connector({ stationId, connector }) {
	const { evseId, name, status, cable, authorized, powerW, soc, energyKwh } = connector;
	const path = `${stationPath(stationId)}/evse/${evseId}`;
	const button = (text, operation, body) => html`
		<button
			onClick=${() => control('POST', `${path}/${operation}`, body)}
			aria-label=${`${text}: ${name} of ${stationId}`}
		>
			${text}
		</button>
	`;
	return html`
		<tr>
			<th scope="row">${name}</th>
			<td>${status}</td>
			<td class="number">${kW(powerW)}</td>
			<td class="number">${soc === null ? '' : `${Math.floor(soc)} %`}</td>
			<td class="number">${cable ? `${energyKwh.toFixed(1)} kWh` : ''}</td>
		</tr>
		<tr class="buttons">
			<td colspan="5">
				${cable
					? button('Unplug', 'unplug')
					: html`${button('Plug in', 'plugIn', { authorize: true })}
						${button('Plug in without a card', 'plugIn')}`}
				${cable && !authorized && button('Present card', 'presentCard')}
				${status === 'Faulted' ? button('Repair', 'clearFault') : button('Break', 'fault')}
			</td>
		</tr>
	`;
}
