import { DateTime } from 'luxon';

import { InputError } from '../../shared/charging/base/inputError';
import { rounded } from '../../shared/charging/base/numbers';
import { NOMINAL_VOLTAGE } from '../../shared/charging/base/voltage';
import { rateUnitOf } from '../../shared/charging/profile/limitUnit';
import type { Station } from '../../shared/chargeye/stations';
import type { PreviewQuery } from '../../shared/charging/preview/schedulePreview';
import type { InstalledProfile } from '../../shared/charging/profile/profile';
import { optionCollection } from '../../shared/node/fields/kinds/collection';
import { propertiesOf, type FieldTexts, type FormPart } from '../../shared/node/fields/kinds/field';
import { numberField } from '../../shared/node/fields/kinds/number';
import { optionField } from '../../shared/node/fields/kinds/option';
import { textField } from '../../shared/node/fields/kinds/text';
import { timeField } from '../../shared/node/fields/kinds/time';
import { inZone, type Values } from '../../shared/node/fields/kinds/values';
import { station } from '../../shared/node/fields/station';
import { timezoneField, zoneOf } from '../../shared/node/fields/timezone';
import { evseId } from '../shared/evseId';
import { transactionId } from '../shared/identity';
import { limitField } from '../shared/limit';
import { COEXISTING } from '../shared/versions';
import { chargerOf, type Charger } from './charger';

const HOUR_MS = 3_600_000;
/** The hours of a leap year and one more day. */
const MOST_HOURS = 367 * 24;

/** A moment in epoch milliseconds. */
const momentField = (texts: FieldTexts) => timeField(texts).converted((utc) => Date.parse(utc));

const previewOf = optionField({
	label: 'Preview Of',
	name: 'previewOf',
	options: [
		{ name: 'Connector', value: 'connector', description: 'What one connector may draw' },
		{
			name: 'Whole Station',
			value: 'station',
			description: 'What all connectors may draw together',
		},
	],
	default: 'connector',
	description: 'Whose limit is previewed',
});

const connector = evseId.when({ [previewOf.name]: ['connector'] });

export const specifyCharger = optionField({
	label: 'Specify Charger',
	name: 'specifyCharger',
	isFixed: true,
	options: [
		{
			name: 'From Charging Station',
			value: 'station',
			description: 'Its maximum, supply and connectors are looked up',
		},
		{ name: 'Using Fields', value: 'fields', description: 'Without an account' },
	],
	default: 'fields',
	description: 'Where the supply and the own limit of the charger come from',
});

const ofStation = station.when({ [specifyCharger.name]: ['station'] });

const BY_FIELDS = { [specifyCharger.name]: ['fields'] };

const connectors = numberField({
	label: 'Number of Connectors',
	name: 'connectors',
	min: 1,
	max: 100,
	decimals: 0,
	show: { [previewOf.name]: ['station'], ...BY_FIELDS },
	default: 2,
	description: 'How many connectors the station has; their EVSE IDs are counted from 1',
});

const start = momentField({
	label: 'Start',
	name: 'start',
	description:
		'When the preview begins, in the time zone below unless it has an offset. By default now.',
});

const hours = numberField({
	label: 'Hours',
	name: 'hours',
	min: 1,
	shownMax: MOST_HOURS,
	decimals: 0,
	unit: 'hours',
	default: 24,
	description:
		'How many hours to preview: 24 for a day, 168 for a week. The option End overrides it.',
});

const timezone = timezoneField(
	'The time zone of the output and the chart. By default the workflow’s.',
);

const unit = optionField({
	label: 'Unit',
	name: 'unit',
	options: [
		{ name: 'A', value: 'A', description: 'Amperes per phase' },
		{ name: 'kW', value: 'kW', description: 'Kilowatts over all phases' },
	],
	default: 'kW',
	description: 'The unit of the output; limits in the other unit are converted',
});

const supply = optionField({
	label: 'Supply',
	name: 'supply',
	show: BY_FIELDS,
	options: [
		{ name: 'AC, One Phase', value: 'ac1', description: 'A charger on one phase' },
		{ name: 'AC, Three Phases', value: 'ac3', description: 'A charger on three phases' },
		{ name: 'DC', value: 'dc', description: 'A charger without phases' },
	],
	default: 'ac3',
	description: 'The charger’s supply, used to convert between A and kW',
});

const localLimit = limitField({
	label: 'Local Limit',
	name: 'localLimit',
	description: 'What one connector may draw where no profile sets a limit',
	remark: 'Usually the charger’s own maximum. By default there is no limit.',
	show: BY_FIELDS,
	placeholder: 'e.g. 22',
	defaults: { A: '', kW: '' },
	former: { until: COEXISTING, defaults: { A: 32, kW: 22 } },
	unitIn: unit.name,
});

const end = momentField({
	label: 'End',
	name: 'end',
	description:
		'When the preview ends, in place of Hours; in the time zone above unless it has an offset',
});

const voltage = numberField({
	label: 'Nominal Voltage (V)',
	name: 'voltage',
	min: 1,
	decimals: 1,
	unit: 'V',
	default: NOMINAL_VOLTAGE,
	description: 'Between a phase and neutral, or the DC voltage; used to convert between A and kW',
});

const runningTransaction = textField({
	label: transactionId.label,
	name: transactionId.name,
	placeholder: transactionId.property.placeholder,
	description:
		'The running transaction: its own profile applies, and profiles of other transactions do not',
});

export const transactionStart = momentField({
	label: 'Transaction Start',
	name: 'transactionStart',
	description:
		'When the running transaction began: profiles for transactions apply, and Relative profiles start then. By default a car starts at the beginning of the preview, and no profile for a transaction applies (TxProfile).',
});

const options = optionCollection(end, voltage, runningTransaction, transactionStart);

/** The window [startMs, endMs) in epoch milliseconds. @throws InputError */
function readWindow(values: Values, added: Values, nowMs: number) {
	// Charging schedules count in whole seconds.
	const startMs = Math.floor((start.readIfGiven(values) ?? nowMs) / 1000) * 1000;
	const givenEndMs = end.readIfGiven(added);
	const endMs = givenEndMs ?? startMs + hours.read(values) * HOUR_MS;
	if (endMs <= startMs) {
		const [startText, endText] = [startMs, endMs].map((atMs) =>
			DateTime.fromMillis(atMs, { zone: values.timezone }).toISO(),
		);
		throw new InputError(
			`${end.label} is ${endText}, which is not after ${start.label}, ${startText}`,
			`Enter a later ${end.label}.`,
		);
	}
	if (endMs - startMs > MOST_HOURS * HOUR_MS) {
		const { label } = givenEndMs === undefined ? hours : end;
		throw new InputError(
			`${label} makes a preview of ${Math.ceil((endMs - startMs) / HOUR_MS)} hours, which is more than a year`,
			`Preview at most ${MOST_HOURS} hours at once.`,
		);
	}
	return { startMs, endMs };
}

/** The running transaction, if there is one. @throws InputError */
function readTransaction(added: Values, windowStartMs: number): PreviewQuery['transaction'] {
	const startedAtMs = transactionStart.readIfGiven(added);
	const id = runningTransaction.readIfGiven(added);
	if (startedAtMs === undefined && id === undefined) return undefined;
	return {
		startedAtMs: startedAtMs ?? windowStartMs,
		...(id !== undefined && { transactionId: id }),
	};
}

/** A profile for a connector beyond the count would be left out without notice. @throws InputError */
function checkConnectors(profiles: readonly InstalledProfile[], count: number): void {
	const beyond = profiles.find((installed) => installed.evseId > count);
	if (beyond === undefined) return;
	throw new InputError(
		`${connectors.label} is ${count}, but profile ${beyond.profile.id} is for connector ${beyond.evseId}`,
		`Enter ${beyond.evseId} or more.`,
	);
}

const CHARGER_FIX = `Choose another charging station or connector, or describe the charger with Using Fields in ${specifyCharger.label}.`;

/** The charger as the form describes it. @throws InputError */
function readCharger(
	values: Values,
	evseId: number,
	volts: number,
	profiles: readonly InstalledProfile[],
): Charger {
	const current = supply.read(values);
	const phases = { ac1: 1, ac3: 3, dc: undefined }[current];
	const limitUnit = unit.read(values);
	const limit = localLimit.readIfGiven(values, limitUnit) ?? Infinity;
	const count = evseId === 0 ? connectors.read(values) : 1;
	if (evseId === 0) checkConnectors(profiles, count);
	return {
		evseIds: evseId === 0 ? Array.from({ length: count }, (_, index) => index + 1) : [evseId],
		phases,
		connectorW: limitUnit === 'A' ? limit * volts * (phases ?? 1) : limit,
		stationW: Infinity,
	};
}

/** What to preview: ready if the form describes the charger; else the charging station must be looked up first. */
export type PreviewRequest =
	| { query: PreviewQuery }
	| {
			stationId: string;
			/** @throws InputError if the station cannot be previewed */
			queryOn(found: Station): PreviewQuery;
	  };

/** The form part for what is previewed, when, and on what charger. */
export const previewQuery: FormPart & {
	/**
	 * Reads the form, so that nothing is looked up for bad input.
	 * @param profiles the profiles on the charger
	 * @param nowMs epoch milliseconds
	 * @throws InputError
	 */
	read(parameters: Values, profiles: readonly InstalledProfile[], nowMs: number): PreviewRequest;
} = {
	properties: propertiesOf([
		specifyCharger,
		ofStation,
		previewOf,
		connector,
		connectors,
		start,
		hours,
		timezone,
		unit,
		supply,
		localLimit,
		options,
	]),
	read(parameters, profiles, nowMs) {
		const zone = zoneOf(timezone, parameters);
		const values = inZone(parameters, zone);
		const added = options.read(values);
		const rateUnit = rateUnitOf(unit.read(values));
		const volts = voltage.readOrDefault(added);
		const evse = previewOf.read(values) === 'station' ? 0 : connector.read(values);
		const window = readWindow(values, added, nowMs);
		const transaction = readTransaction(added, window.startMs);
		const queryOn = ({ evseIds, phases, connectorW, stationW }: Charger): PreviewQuery => {
			const inUnit = (watts: number) =>
				rateUnit === 'W' ? watts : rounded(watts / (volts * (phases ?? 1)), 4);
			return {
				...window,
				profiles,
				zone,
				unit: rateUnit,
				evseId: evse,
				evseIds,
				voltage: volts,
				...(phases !== undefined && { phases }),
				localLimit: inUnit(connectorW),
				stationLimit: inUnit(stationW),
				...(transaction && { transaction }),
			};
		};
		if (specifyCharger.read(values) === 'fields') {
			return { query: queryOn(readCharger(values, evse, volts, profiles)) };
		}
		return {
			stationId: ofStation.read(values),
			queryOn: (found) => queryOn(chargerOf(found, evse, profiles, CHARGER_FIX)),
		};
	},
};
