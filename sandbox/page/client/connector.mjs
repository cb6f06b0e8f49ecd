// A connector of a charging station, as rows of a table.
import { h } from 'preact';
import htm from 'htm';
import { control, stationPath } from './control.mjs';
import { limitedBy, REASONS } from './limit.mjs';
import { kW } from './units.mjs';

const html = htm.bind(h);

/** Why there is not more power: the connector’s own limit, and what the car gets of it. */
function Reason({ connector: { limitW, limitedBy: source, powerLimitation }, time }) {
	const hasOwnLimit = source !== null && (source.evseId > 0 || source.purpose.startsWith('Tx'));
	const texts = [
		hasOwnLimit ? `Limit ${kW(limitW)} ${limitedBy(source, time)}` : undefined,
		REASONS[powerLimitation],
	].filter((text) => text !== undefined);
	if (texts.length === 0) return null;
	return html`
		<tr class="reason">
			<td colspan="5">${texts.map((text) => html`<p>${text}.</p>`)}</td>
		</tr>
	`;
}

/** @param time the station’s time, epoch ms */
export function Connector({ stationId, connector, time }) {
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
		<${Reason} connector=${connector} time=${time} />
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
