// The values of a station’s chart as a table, for those who cannot see it.
import { h } from 'preact';
import { useState } from 'preact/hooks';
import htm from 'htm';
import { seriesOf } from './series.mjs';
import { timeOfDay } from './units.mjs';

const html = htm.bind(h);

const ROWS = 12;

function Values({ stationId, time }) {
	const [times, power, limit] = seriesOf(stationId, time);
	const rows = times.map((_, index) => index).slice(-ROWS);
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
				${rows.reverse().map(
					(index) => html`
						<tr key=${index}>
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

/** The values now, and at each change before. @param station everything that is known of the station */
export function RecentValues({ station: { stationId, name, details } }) {
	const [isOpen, setOpen] = useState(false);
	return html`
		<details onToggle=${({ target }) => setOpen(target.open)}>
			<summary aria-label=${`Values of the chart of ${name}`}>Values</summary>
			${isOpen && html`<${Values} stationId=${stationId} time=${details?.time} />`}
		</details>
	`;
}
