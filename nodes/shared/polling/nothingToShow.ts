import { NotFoundError } from '../node/operation';

/** "1 charging station", "2 charging stations". */
export const counted = (number: number, thing: string): string =>
	`${number} ${thing}${number === 1 ? '' : 's'}`;

/** Why a test of a trigger shows no event, and what the user can do. */
export interface Reason {
	/** A clause without a capital: "no transaction has had such an event". */
	reason: string;
	/** A sentence. */
	advice: string;
}

/** The reason if no charging station is in scope. */
export const noStationIn = ({ type }: { type: string }): Reason =>
	type === 'location'
		? { reason: 'the location has no charging station', advice: 'Choose another location.' }
		: {
				reason: 'ChargEye shows no charging station',
				advice: 'Check which account the credential belongs to.',
			};

/**
 * Says to a user who tests a trigger why there is nothing to show yet: what was looked at, and what to do.
 * @param lookedAt a sentence without a full stop
 */
export const nothingToShow = (lookedAt: string, { reason, advice }: Reason): NotFoundError =>
	new NotFoundError(
		`Nothing to show yet: ${reason}`,
		`${lookedAt}. ${advice} Once the workflow is active, it starts with each such event.`,
	);
