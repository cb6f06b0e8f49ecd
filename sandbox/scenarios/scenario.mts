import type { Call } from '../http/openApiServer.mts';
import type { Random } from '../random.mts';

/** A scenario as it is written; the schema of the same name in control.yaml says what is allowed. */
export interface Scenario {
	title: string;
	description?: string;
	/** What everything random is drawn from. */
	seed?: number;
	start?: {
		/** The time of day at the stations, hh:mm:ss; absent: now. */
		time?: string;
		/** How many times as fast as real time; absent: 1. */
		speed?: number;
	};
	/** When it ends, hh:mm:ss after the start. */
	end: string;
	steps: Array<Omit<ScenarioStep, 'at'> & { at: string | { between: [string, string] } }>;
}

/** An operation of the control API at a moment. */
export interface ScenarioStep {
	/** hh:mm:ss after the start, in simulated time. */
	at: string;
	/** The operationId in control.yaml. */
	operation: string;
	stationId?: string;
	evseId?: number;
	body?: unknown;
}

/** Where numbers between two others come from. */
type Draw = Pick<Random, 'between'>;

/** Whatever the seed: if the control API takes what these draw, it takes what is in between. */
export const BOUNDS: readonly Draw[] = [
	{ between: (from) => from },
	{ between: (_from, to) => to },
];

/** The steps with everything random drawn, in the order in which they are written. */
export function drawSteps({ steps }: Scenario, random: Draw): ScenarioStep[] {
	return steps.map(({ at, ...step }) => ({
		...step,
		at: typeof at === 'string' ? at : moment(random.between(...secondsOf(at.between))),
		...(step.body === undefined ? {} : { body: draw(step.body, random) }),
	}));
}

/** The request to the control API that a step is. */
export function callOf({ operation, stationId, evseId, body }: ScenarioStep): Call {
	const params = {
		...(stationId === undefined ? {} : { stationId }),
		...(evseId === undefined ? {} : { evseId }),
	};
	return { operationId: operation, params, body };
}

/** A span of time, hh:mm:ss, in seconds. */
export function seconds(span: string): number {
	const [h, m, s] = span.split(':').map(Number);
	return (h * 60 + m) * 60 + s;
}

/** Seconds as hh:mm:ss. */
export function moment(seconds: number): string {
	const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
	return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

const secondsOf = ([from, to]: [string, string]): [number, number] => [seconds(from), seconds(to)];

/** Replaces each `{between: [from, to]}` by a number. */
function draw(value: unknown, random: Draw): unknown {
	if (Array.isArray(value)) return value.map((item) => draw(item, random));
	if (typeof value !== 'object' || value === null) return value;
	if ('between' in value && isRange(value.between)) return random.between(...value.between);
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, draw(item, random)]));
}

const isRange = (value: unknown): value is [number, number] =>
	Array.isArray(value) &&
	value.length === 2 &&
	value.every((bound) => typeof bound === 'number') &&
	value[0] <= value[1];
