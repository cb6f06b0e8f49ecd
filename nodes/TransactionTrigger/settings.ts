import type { IPollFunctions } from 'n8n-workflow';

import { POWER_LIMITATIONS } from '../shared/chargeye/transactions';
import { checkFlag, checkNumber, InputError, Parameters } from '../shared/node/parameters';
import { EVENT_NAMES, EVENTS, type EventName, type Wanted } from './events';

/** Whose transactions are watched. */
export type Scope =
	| { type: 'all' }
	| { type: 'location'; locationUid: string }
	| { type: 'stations'; stationIds: string[] }
	| { type: 'transaction'; txId: string };

export interface Settings {
	wanted: Wanted;
	scope: Scope;
	includeSimulated: boolean;
	emitOngoing: boolean;
	output: 'raw' | 'simplified';
}

/** The choices of a field of several options. @throws InputError if there are none, or an unknown one */
function choices<T extends string>(
	parameters: Parameters,
	name: string,
	field: string,
	allowed: readonly T[],
): T[] {
	const value = parameters.get(name);
	const chosen: unknown[] = Array.isArray(value) ? value : [];
	if (chosen.length === 0) throw new InputError(`${field} is empty`, 'Choose at least one.');
	const known = allowed.filter((option) => chosen.includes(option));
	if (known.length < new Set(chosen).size) {
		throw new InputError(
			`${field} is ${JSON.stringify(chosen)}, which has invalid options`,
			`Choose from ${allowed.join(', ')}.`,
		);
	}
	return known;
}

function readWanted(parameters: Parameters): Wanted {
	const events = choices(parameters, 'events', 'Trigger On', [...EVENT_NAMES].sort());
	const has = (event: EventName) => events.includes(event);
	return {
		events,
		...(has('energyReached') && {
			energyKwh: checkNumber('Energy (kWh)', parameters.get('energyKwh'), { min: 0, unit: 'kWh' }),
		}),
		...(has('stateOfChargeReached') && {
			stateOfCharge: checkNumber('State of Charge (%)', parameters.get('stateOfCharge'), {
				min: 0,
				max: 100,
			}),
		}),
		powerLimitations: has('powerLimited')
			? choices(parameters, 'powerLimitations', 'Limited By', POWER_LIMITATIONS)
			: [],
	};
}

function readScope(parameters: Parameters): Scope {
	const type = parameters.option('scope', 'Scope', ['all', 'location', 'stations', 'transaction']);
	switch (type) {
		case 'all':
			return { type };
		case 'location':
			return { type, locationUid: parameters.id('locationUid', 'Location') };
		case 'transaction':
			return { type, txId: parameters.id('txId', 'Transaction') };
		case 'stations': {
			const { values } = parameters.collection('stations');
			const stationIds = (Array.isArray(values) ? values : []).map((_, index) =>
				parameters.id(`stations.values[${index}].stationId`, `Charging Station ${index + 1}`),
			);
			if (stationIds.length > 0) return { type, stationIds: [...new Set(stationIds)].sort() };
			throw new InputError('Charging Stations is empty', 'Add at least one, or change Scope.');
		}
	}
}

/** The parameters of the trigger, checked. @throws InputError */
export function readSettings(context: IPollFunctions): Settings {
	const parameters = new Parameters(
		{
			getNodeParameter: (name, _itemIndex, fallback, options) =>
				context.getNodeParameter(name, fallback, options),
			getTimezone: () => context.getTimezone(),
		},
		0,
	);
	const { emitOngoing, includeSimulated } = parameters.added('options');
	return {
		wanted: readWanted(parameters),
		scope: readScope(parameters),
		includeSimulated: checkFlag('Include Simulated', includeSimulated),
		emitOngoing: checkFlag('Include Ongoing Transactions', emitOngoing),
		output: parameters.option('output', 'Output', ['raw', 'simplified']),
	};
}

/** What the trigger waits for, in words: "Alarm, Transaction Ended". */
export const describeWanted = ({ events }: Wanted): string =>
	events.map((event) => EVENTS[event].text.name).join(', ');
