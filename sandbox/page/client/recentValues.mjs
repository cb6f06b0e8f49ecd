// The values of a station’s chart as a table, for those who cannot see it.
import { h } from 'preact';
import { useState } from 'preact/hooks';
import htm from 'htm';
import { latest, seriesOf } from './samples.mjs';
import { timeOfDay } from './units.mjs';

const html = htm.bind(h);

const ROWS = 12;

/** The seconds (of real time) between two rows. */
const STEP = 10;

function Values({ stationId }) {
	// The series grow with each sample.
	latest.value;
	const [times, power, limit] = seriesOf(stationId);
	const rows = Array.from({ length: ROWS }, (_, row) => times.length - 1 - row * STEP).filter(
		(index) => index >= 0,
	);
	return html`
		<table>
			<thead>
				<tr>
					<th scope="col">Time</th>
					<th scope="col" class="number">Power</th>
					<th scope="col" class="number">Limit</th>
				</tr>
			</thead>
			<tbody>
				${rows.map(
					(index) => html`
						<tr key=${times[index]}>
							<th scope="row">${timeOfDay(times[index] * 1000)}</th>
							<td class="number">${power[index].toFixed(1)} kW</td>
							<td class="number">${limit[index].toFixed(1)} kW</td>
						</tr>
					`,
				)}
			</tbody>
		</table>
	`;
}

/** @param station the station’s latest sample */
export function RecentValues({ station: { stationId, name } }) {
	const [isOpen, setOpen] = useState(false);
	return html`
		<details onToggle=${({ target }) => setOpen(target.open)}>
			<summary aria-label=${`Values of the chart of ${name}`}>Values</summary>
			${isOpen && html`<${Values} stationId=${stationId} />`}
		</details>
	`;
}
