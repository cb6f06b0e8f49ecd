import { DEFAULT_TIME_LIMIT_SECONDS } from '../../chargeye/client';
import { optionCollection, type CollectionField } from './kinds/collection';
import type { FormPart } from './kinds/field';
import { flagField } from './kinds/flag';
import { numberField } from './kinds/number';
import type { Values } from './kinds/values';

/** The option of every command that a charger can refuse. */
const passRejected = flagField({
	label: 'Pass On Rejected',
	name: 'passRejected',
	default: true,
	description:
		'Whether to output the answer of a charger that refuses, with its reason, instead of failing',
});

/** Refuses an empty value: otherwise a command would be sent although it was meant as a test. */
const dryRun = flagField({
	label: 'Dry Run',
	name: 'dryRun',
	isValidated: true,
	default: true,
	refusesEmpty: true,
	description: 'Whether to output the exact request instead of sending it',
});

const stationsAtOnce = numberField({
	label: 'Stations at Once',
	name: 'stationsAtOnce',
	min: 1,
	max: 1000,
	decimals: 0,
	default: 200,
	description:
		'To how many charging stations commands are sent at the same time. Commands for one station are always sent one after the other, in the order of the items. The first item’s value applies to all.',
});

const timeLimit = numberField({
	label: 'Time Limit (S)',
	name: 'timeLimit',
	min: 1,
	decimals: 0,
	unit: 'seconds',
	default: DEFAULT_TIME_LIMIT_SECONDS,
	description:
		'For how many seconds the node may send commands, for all items together. This includes waiting when ChargEye asks it to slow down, and repeating what failed for a temporary reason. The first item’s value applies to all.',
});

/** The options of a command: its own options, and those that every command has. */
export const commandOptions = (...own: readonly FormPart[]): CollectionField =>
	optionCollection(...own, dryRun, passRejected, stationsAtOnce, timeLimit);

/** The options of a command without options of its own. */
export const commonOptions = commandOptions();

/** Reads an item's options for its command. @throws InputError */
export function readCommandOptions(parameters: Values): {
	dryRun: boolean;
	passRejected: boolean;
} {
	const options = commonOptions.read(parameters);
	return { dryRun: dryRun.read(options), passRejected: passRejected.read(options) };
}

/** Reads the first item's options for the whole run. @throws InputError */
export function readRunOptions(parameters: Values): {
	stationsAtOnce: number;
	timeLimitSeconds: number;
} {
	const options = commonOptions.read(parameters);
	return {
		stationsAtOnce: stationsAtOnce.readOrDefault(options),
		timeLimitSeconds: timeLimit.readOrDefault(options),
	};
}
