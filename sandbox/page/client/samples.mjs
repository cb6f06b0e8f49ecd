// The data of the page: the stations’ latest sample, and their power and limit over the last minutes.
import { signal } from '@preact/signals';
import { forgetTraffic, receiveTraffic } from './traffic.mjs';

/** How long the charts look back, in real seconds. There is one sample per second. */
export const SHOWN_S = 120;

/** Whether the sandbox is connected. */
export const isConnected = signal(false);

/** The latest sample, or undefined before the first. */
export const latest = signal(undefined);

/** By station ID: times (s), power (kW) and limit (kW), oldest first. */
const series = new Map();

/** The data of a station’s chart, in uPlot’s form. */
export const seriesOf = (stationId) => series.get(stationId) ?? [[], [], []];

/** Receives samples from now on. The browser connects again by itself, and gets what it missed. */
export function receiveSamples() {
	const stream = new EventSource('/page/samples');
	stream.addEventListener('open', () => (isConnected.value = true));
	stream.addEventListener('error', () => (isConnected.value = false));
	stream.addEventListener('message', ({ data }) => {
		const sample = JSON.parse(data);
		if (sample.run !== latest.value?.run) {
			series.clear();
			forgetTraffic();
		}
		receiveTraffic(sample);
		for (const { stationId, powerW, limitW } of sample.stations) {
			const [times, power, limit] = seriesOf(stationId);
			const add = (values, value) => [...values.slice(-SHOWN_S), value];
			// A clock that is set back starts the chart again: its time axis only goes forward.
			const isBack = times.length > 0 && sample.time / 1000 <= times.at(-1);
			series.set(stationId, [
				add(isBack ? [] : times, sample.time / 1000),
				add(isBack ? [] : power, powerW / 1000),
				add(isBack ? [] : limit, limitW / 1000),
			]);
		}
		latest.value = sample;
	});
}
