import { NotFoundError } from '../shared/node/operation';
import type { Wanted } from './events';
import { SAMPLE_LOOK_UPS, type Sample } from './polling/sample';
import type { Scope } from './scope';
import { inWords } from './wanted';

const count = (number: number, thing: string): string =>
	`${number} ${thing}${number === 1 ? '' : 's'}`;

/** What a user can do who waits for an event in this scope. */
const ADVICE: Readonly<Record<Scope['type'], string>> = {
	all: 'Start charging at one of them, or choose more events',
	location: 'Start charging at one of them, or choose more events or another location',
	stations: 'Start charging at one of them, or choose more events or charging stations',
	transaction: 'Wait until something happens to it, or choose more events or a wider scope',
};

/** Why there is no event, and what the user can do. */
function reasonFor({ leftOut }: Sample, stations: number, scope: Scope): [string, string] {
	if (stations === 0) {
		return scope.type === 'location'
			? ['the location has no charging station', 'Choose another location.']
			: ['ChargEye shows no charging station', 'Check which account the credential belongs to.'];
	}
	if (leftOut > 0) {
		const isOne = leftOut === 1;
		return [
			`${count(leftOut, 'simulated transaction')} ${isOne ? 'was' : 'were'} left out`,
			`Add the option Include Simulated to report ${isOne ? 'it' : 'them'}.`,
		];
	}
	return ['no transaction has had such an event', `${ADVICE[scope.type]}, and fetch again.`];
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
	const [reason, advice] = reasonFor(sample, stations, scope);
	const { shown, isPartial } = sample;
	const lookedAt = `Looked for ${inWords(wanted)} in ${count(shown, 'transaction')} at ${count(stations, 'charging station')}`;
	const limit = isPartial ? `, of which a test looks up the latest ${SAMPLE_LOOK_UPS}` : '';
	return new NotFoundError(
		`Nothing to show yet: ${reason}`,
		`${lookedAt}${limit}. ${advice} Once the workflow is active, it starts with each such event.`,
	);
}
