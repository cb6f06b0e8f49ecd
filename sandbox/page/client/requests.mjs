// The requests to the REST API, and beside each the OCPP messages that it caused.
import { h } from 'preact';
import { signal } from '@preact/signals';
import htm from 'htm';
import { Bodies, isOpen, toggle } from './bodies.mjs';
import { exchanges } from './traffic.mjs';
import { milliseconds, timeOfDay } from './units.mjs';

const html = htm.bind(h);

/** Part of a station’s ID; empty: all. */
const station = signal('');

/** Whether messages without a request are shown, too. */
const showsAll = signal(false);

const isShown = ({ request, messages }) => {
	const wanted = station.value.trim().toLowerCase();
	const isOf = (text) => decodeURIComponent(text).toLowerCase().includes(wanted);
	return (
		(request !== undefined || showsAll.value) &&
		((request && isOf(request.path)) || messages.some(({ stationId }) => isOf(stationId)))
	);
};

/** A message, with an arrow for its direction: to the station, or from it. */
function Message({ message: { stationId, direction, action, outcome, durationMs } }) {
	const isSent = direction === 'sent';
	return html`
		<li>
			<span aria-hidden="true">${isSent ? '←' : '→'}</span>
			<span class="sr-only">${isSent ? 'from' : 'to'}</span> ${stationId} ${' '}
			<b>${action}</b> ${outcome ?? 'no answer yet'} <i>${milliseconds(durationMs)}</i>
		</li>
	`;
}

function Exchange({ exchange }) {
	const { time, request, messages } = exchange;
	const key = request?.id ?? messages[0].messageId;
	const name = request ? `${request.method} ${request.path}` : messages[0].action;
	return html`
		<tr class=${request && !(request.status < 400) ? 'failed' : ''}>
			<td>${timeOfDay(time)}</td>
			<th scope="row">
				${request ? html`<b>${request.method}</b> ${decodeURIComponent(request.path)}` : 'none'}
			</th>
			<td class="number">
				${request && (request.status ?? (request.durationMs === undefined ? 'pending' : 'cut off'))}
				${request?.isHit && ' (fault)'}
			</td>
			<td class="number">${request && milliseconds(request.durationMs)}</td>
			<td>
				<ul>
					${messages.map(
						(message) => html`<${Message} key=${message.messageId} message=${message} />`,
					)}
				</ul>
			</td>
			<td>
				<button
					onClick=${() => toggle(key)}
					aria-expanded=${isOpen(key)}
					aria-label=${`Bodies: ${name} at ${timeOfDay(time)}`}
				>
					Bodies
				</button>
			</td>
		</tr>
		${isOpen(key) && html`<${Bodies} id=${key} exchange=${exchange} />`}
	`;
}

/** The last request and what it caused, for those who have not opened the list. */
function last() {
	const exchange = exchanges.value.find(({ request }) => request !== undefined);
	if (!exchange) return '';
	const { request, messages } = exchange;
	const caused = messages.map(({ action, outcome = '' }) => `${action} ${outcome}`).slice(0, 3);
	return [
		` · ${request.method} ${decodeURIComponent(request.path)} ${request.status ?? ''}`,
		...caused,
	].join(' → ');
}

export function Requests() {
	const shown = exchanges.value.filter(isShown);
	return html`
		<details class="requests">
			<summary>Requests and OCPP messages<span>${last()}</span></summary>
			<div class="filters">
				<label>
					Station
					<input
						type="search"
						value=${station}
						onInput=${({ target }) => (station.value = target.value)}
					/>
				</label>
				<label>
					<input
						type="checkbox"
						checked=${showsAll}
						onChange=${({ target }) => (showsAll.value = target.checked)}
					/>
					Messages without a request
				</label>
			</div>
			<div class="scrolled" role="region" aria-label="Requests and OCPP messages" tabindex="0">
				<table>
					<thead>
						<tr>
							<th scope="col">Time</th>
							<th scope="col">Request</th>
							<th scope="col" class="number">Status</th>
							<th scope="col" class="number">Duration</th>
							<th scope="col">OCPP messages that it caused</th>
							<th scope="col"><span class="sr-only">Bodies</span></th>
						</tr>
					</thead>
					<tbody>
						${shown.map(
							(exchange) =>
								html`<${Exchange}
									key=${exchange.request?.id ?? exchange.messageId}
									exchange=${exchange}
								/>`,
						)}
					</tbody>
				</table>
				${shown.length === 0 && html`<p>None yet.</p>`}
			</div>
		</details>
	`;
}
