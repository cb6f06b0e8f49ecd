import { optionCollection } from '../shared/node/fields/kinds/collection';
import { propertiesOf } from '../shared/node/fields/kinds/field';
import { flagField } from '../shared/node/fields/kinds/flag';
import { numberField } from '../shared/node/fields/kinds/number';
import type { Values } from '../shared/node/fields/kinds/values';
import { outputOf } from '../shared/polling/form/output';
import { scopeOf } from '../shared/polling/form/scope';
import { triggerOn } from '../shared/polling/form/triggerOn';
import type { StationScope } from '../shared/polling/stationScope';
import { EVENTS, type Wanted } from './events';

const events = triggerOn(EVENTS);

const atLeast = numberField({
	label: 'For at Least (Minutes)',
	name: 'atLeastMinutes',
	min: 0,
	max: 10_080,
	unit: 'minutes',
	default: 5,
	description:
		'For how many minutes a state must last before it is reported, so that a restart wakes nobody. With 0 it is reported at once. The end of a state is reported at once, if the state was.',
});

const scope = scopeOf('Charging stations');

const output = outputOf('charging station');

const leaveOutOngoing = flagField({
	label: 'Leave Out Ongoing',
	name: 'leaveOutOngoing',
	default: true,
	refusesEmpty: true,
	description:
		'Whether to leave out, when the workflow is first activated, states that are there already, such as a charging station that is offline',
});

const options = optionCollection(leaveOutOngoing);

/** The form of the trigger. */
export const properties = propertiesOf([events, atLeast, scope, output, options]);

export interface Settings {
	wanted: Wanted;
	scope: StationScope;
	leaveOutOngoing: boolean;
	output: 'raw' | 'simplified';
}

/** What was entered in the form. @throws InputError */
export const readSettings = (values: Values): Settings => ({
	wanted: { events: events.read(values), atLeastMs: atLeast.read(values) * 60_000 },
	scope: scope.read(values),
	leaveOutOngoing: leaveOutOngoing.read(options.read(values)),
	output: output.read(values),
});
