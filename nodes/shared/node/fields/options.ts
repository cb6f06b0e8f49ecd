import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_TIME_LIMIT } from '../../chargeye/client';
import { checkNumber, type Parameters } from '../parameters';

/** How many charging stations are commanded side by side unless the user says otherwise. */
const DEFAULT_STATIONS_AT_ONCE = 200;

/** The option of every command that a charger can refuse. */
const passRejected: INodeProperties = {
	displayName: 'Pass On Rejected',
	name: 'passRejected',
	type: 'boolean',
	default: false,
	description:
		'Whether to output the answer of a charger that refuses, with its reason, instead of failing',
};

const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	validateType: 'boolean',
	default: false,
	description: 'Whether to output the exact request instead of sending it',
};

const stationsAtOnce: INodeProperties = {
	displayName: 'Stations at Once',
	name: 'stationsAtOnce',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
	default: DEFAULT_STATIONS_AT_ONCE,
	description:
		'How many charging stations are commanded side by side. Commands for one station always go out one after the other, in the order of the items. The first item’s value holds for all.',
};

const timeLimit: INodeProperties = {
	displayName: 'Time Limit (S)',
	name: 'timeLimit',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: DEFAULT_TIME_LIMIT,
	description:
		'How long the node may go on sending, in seconds for all items together: also while ChargEye asks it to slow down, and while it repeats what failed for a passing reason. The first item’s value holds for all.',
};

/** What the first item says of the whole run. @throws InputError */
export function readRunOptions(parameters: Parameters): {
	stationsAtOnce: number;
	timeLimit: number;
} {
	const {
		stationsAtOnce: atOnce = DEFAULT_STATIONS_AT_ONCE,
		timeLimit: seconds = DEFAULT_TIME_LIMIT,
	} = parameters.collection('options');
	return {
		stationsAtOnce: checkNumber('Stations at Once', atOnce, { min: 1, decimals: 0 }),
		timeLimit: checkNumber('Time Limit (S)', seconds, { min: 1, decimals: 0, unit: 'seconds' }),
	};
}

/** The options of a command: its own, and those that every command has. */
export const commandOptions = (...own: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...own, dryRun, passRejected, stationsAtOnce, timeLimit].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	),
});
