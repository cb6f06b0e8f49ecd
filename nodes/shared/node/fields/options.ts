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

/** An empty one is refused: what was meant as a test would be sent. */
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
		'How many charging stations are commanded side by side. Commands for one station always go out one after the other, in the order of the items. The first item’s value holds for all.',
});

const timeLimit = numberField({
	label: 'Time Limit (S)',
	name: 'timeLimit',
	min: 1,
	decimals: 0,
	unit: 'seconds',
	default: DEFAULT_TIME_LIMIT_SECONDS,
	description:
		'How long the node may go on sending, in seconds for all items together: also while ChargEye asks it to slow down, and while it repeats what failed for a temporary reason. The first item’s value holds for all.',
});

/** The options of a command: its own, and those that every command has. */
export const commandOptions = (...own: readonly FormPart[]): CollectionField =>
	optionCollection(...own, dryRun, passRejected, stationsAtOnce, timeLimit);

/** The options of a command that has none of its own. */
export const commonOptions = commandOptions();

/** What an item's options say of its command. @throws InputError */
export function readCommandOptions(parameters: Values): {
	dryRun: boolean;
	passRejected: boolean;
} {
	const options = commonOptions.read(parameters);
	return { dryRun: dryRun.read(options), passRejected: passRejected.read(options) };
}

/** What the first item's options say of the whole run. @throws InputError */
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
