// The faults of the API in force, and the scenarios: which there are, and which one runs.
import { signal } from '@preact/signals';
import { control } from './control.mjs';

const INTERVAL_MS = 1000;

/** The faults in force, oldest first. */
export const faults = signal([]);

/** The scenarios that come with the sandbox. */
export const scenarios = signal([]);

/** The scenario that was started last, with its steps, or null. */
export const scenario = signal(null);

/** Asks for everything from now on. */
export async function receiveLaboratory() {
	await refresh();
	setTimeout(receiveLaboratory, INTERVAL_MS);
}

/** Lets the control API do something, and shows the outcome. */
export async function act(method, path, body) {
	await control(method, path, body);
	await refresh();
}

async function refresh() {
	try {
		if (scenarios.value.length === 0) scenarios.value = (await read('/scenarios')).scenarios;
		const [inForce, started] = await Promise.all([read('/faults'), read('/scenario')]);
		faults.value = inForce;
		scenario.value = started.scenario;
	} catch {
		// The header says that the sandbox does not answer; this shows what it said last.
	}
}

async function read(path) {
	const answer = await fetch(`/control${path}`);
	return answer.json();
}
