// A station’s power against its limit, over the last minutes.
import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { stationOf } from './fleet.mjs';
import { seriesOf, SHOWN_S } from './series.mjs';
import { clock } from './stream.mjs';
import { timeOfDay } from './units.mjs';

const HEIGHT = 190;

const darkScheme = matchMedia('(prefers-color-scheme: dark)');

/** The colour of a custom property in the current scheme, as the canvas needs it. */
function colour(name) {
	const probe = document.createElement('i');
	probe.style.color = `var(${name})`;
	document.body.append(probe);
	const { color } = getComputedStyle(probe);
	probe.remove();
	return color;
}

const axis = (more) => ({
	stroke: () => colour('--soft'),
	grid: { stroke: () => colour('--line'), width: 1 },
	ticks: { show: false },
	font: '12px system-ui, sans-serif',
	...more,
});

const optionsFor = (width, maxPowerW) => ({
	width,
	height: HEIGHT,
	legend: { show: false },
	cursor: { show: false },
	padding: [12, 8, 0, 0],
	scales: {
		x: { range: (_, _min, max) => [max - SHOWN_S * Math.max(1, clock.value.speed), max] },
		y: { range: [0, (maxPowerW / 1000) * 1.08] },
	},
	axes: [
		axis({
			values: (_, times) => times.map((time) => timeOfDay(time * 1000)),
			space: 90,
			size: 28,
		}),
		axis({ values: (_, values) => values.map((value) => `${value} kW`), size: 62, space: 36 }),
	],
	series: [
		{},
		{
			label: 'Power',
			stroke: () => colour('--power'),
			fill: () => colour('--power-area'),
			width: 2,
			points: { show: false },
			paths: uPlot.paths.stepped({ align: 1 }),
		},
		{
			label: 'Limit',
			stroke: () => colour('--limit'),
			width: 2,
			dash: [6, 4],
			points: { show: false },
			paths: uPlot.paths.stepped({ align: 1 }),
		},
	],
});

/** @param station everything that is known of the station */
export function PowerChart({ station: { stationId, maxPowerW } }) {
	const place = useRef(null);
	useEffect(() => {
		const element = place.current;
		const { state } = stationOf(stationId);
		const data = () => seriesOf(stationId, state.value.details?.time);
		const chart = new uPlot(optionsFor(element.clientWidth, maxPowerW), data(), element);
		const sizes = new ResizeObserver(() =>
			chart.setSize({ width: element.clientWidth, height: HEIGHT }),
		);
		sizes.observe(element);
		const repaint = () => chart.redraw();
		darkScheme.addEventListener('change', repaint);
		const stop = state.subscribe(() => chart.setData(data()));
		return () => {
			stop();
			sizes.disconnect();
			darkScheme.removeEventListener('change', repaint);
			chart.destroy();
		};
	}, [stationId, maxPowerW]);
	return h('div', { ref: place, class: 'chart', 'aria-hidden': 'true' });
}
