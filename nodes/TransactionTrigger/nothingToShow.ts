import type { NotFoundError } from '../shared/node/operation';
import { eventsInWords } from '../shared/polling/form/triggerOn';
import * as shared from '../shared/polling/nothingToShow';
import { EVENTS, type Wanted } from './events';
import { SAMPLE_LOOK_UPS, type Sample } from './polling/sample';
import type { Scope } from './scope';

const { counted } = shared;

/** What a user can do who waits for an event in this scope. */
const ADVICE: Readonly<Record<Scope['type'], string>> = {
	all: 'Start charging at one of them, or choose more events',
	label: 'Start charging at one of them, or choose more events or another label',
	location: 'Start charging at one of them, or choose more events or another location',
	stations: 'Start charging at one of them, or choose more events or charging stations',
	transaction: 'Wait until something happens to it, or choose more events or a wider scope',
};

/** Why there is no event, and what the user can do. */
function reasonFor({ leftOut }: Sample, stations: number, scope: Scope): shared.Reason {
	if (stations === 0) return shared.noStationIn(scope);
	if (leftOut > 0) {
		const isOne = leftOut === 1;
		return {
			reason: `${counted(leftOut, 'simulated transaction')} ${isOne ? 'was' : 'were'} left out`,
			advice: `Add the option Include Simulated to report ${isOne ? 'it' : 'them'}.`,
		};
	}
	return {
		reason: 'no transaction has had such an event',
		advice: `${ADVICE[scope.type]}, and fetch again.`,
	};
}

/**
 * Says to a user who tests the trigger why there is nothing to show yet: what was looked at, what was left out, and what
 * to do.
 * @param stations how many charging stations are in scope
 */
export function nothingToShow(
	sample: Sample,
	stations: number,
	scope: Scope,
	wanted: Wanted,
): NotFoundError {
	const { shown, isPartial } = sample;
	const lookedAt = `Looked for ${eventsInWords(EVENTS, wanted.events)} in ${counted(shown, 'transaction')} at ${counted(stations, 'charging station')}`;
	const limit = isPartial ? `, of which a test looks up the latest ${SAMPLE_LOOK_UPS}` : '';
	return shared.nothingToShow(`${lookedAt}${limit}`, reasonFor(sample, stations, scope));
}
