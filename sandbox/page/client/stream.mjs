// The stream of updates from the sandbox.
import { batch, signal } from '@preact/signals';
import { receiveStations } from './fleet.mjs';
import { receiveTraffic } from './traffic.mjs';

/** Whether the sandbox is connected. */
export const isConnected = signal(false);

/** The clock: `time`, epoch ms, and `speed`; undefined before the first update. */
export const clock = signal(undefined);

let stream;
let lastId = '';

/** Receives updates from now on, with the details of some stations. The browser connects again by itself, and gets what it missed. */
export function watch(stationIds) {
	stream?.close();
	const query = new URLSearchParams([
		['after', lastId],
		...stationIds.map((stationId) => ['station', stationId]),
	]);
	stream = new EventSource(`/page/updates?${query}`);
	stream.addEventListener('open', () => (isConnected.value = true));
	stream.addEventListener('error', () => (isConnected.value = false));
	stream.addEventListener('message', ({ data, lastEventId }) => {
		lastId = lastEventId;
		const update = JSON.parse(data);
		batch(() => {
			clock.value = { time: update.time, speed: update.speed };
			receiveStations(update);
			receiveTraffic(update);
		});
	});
}
