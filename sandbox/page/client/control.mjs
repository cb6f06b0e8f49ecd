// Requests to the sandbox’s control API.
import { signal } from '@preact/signals';

/** What the last request failed with, or undefined. */
export const problem = signal(undefined);

/** @param path below /control, such as "/reset" @param body sent as JSON */
export async function control(method, path, body = {}) {
	problem.value = undefined;
	try {
		const answer = await fetch(`/control${path}`, {
			method,
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (answer.ok) return;
		const { message } = await answer.json();
		problem.value = message ?? `The sandbox answered ${answer.status}.`;
	} catch {
		problem.value = 'The sandbox does not answer.';
	}
}

export const stationPath = (stationId) => `/stations/${encodeURIComponent(stationId)}`;
