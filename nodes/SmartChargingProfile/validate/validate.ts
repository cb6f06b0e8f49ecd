import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/charging/base/isObject';
import { quoted } from '../../shared/charging/base/shown';
import type { Finding, ProfileTarget } from '../../shared/charging/rules/checkChargingProfile';
import {
	checkStationCapacity,
	type CountedProfile,
} from '../../shared/charging/rules/capacityOfStation';
import { checkProfileSet } from '../../shared/charging/rules/profileSet';
import { inspectProfile, isError } from '../../shared/node/chargingProfile';
import { optionCollection } from '../../shared/node/fields/kinds/collection';
import { optionField } from '../../shared/node/fields/kinds/option';
import type { Values } from '../../shared/node/fields/kinds/values';
import type { Calculation } from '../../shared/node/operation';
import { capacityToJudgeBy } from '../shared/chargerCapacity';
import { evseId } from '../shared/evseId';
import { placementIn, type Placement } from '../shared/placement';
import { profileJson } from '../shared/profileJson';
import { PROFILE_FIELD } from '../shared/profileOfItem';

const profile = profileJson.with({ default: '={{ $json.chargingProfile }}' });

const request = optionField({
	label: 'Sent By',
	name: 'request',
	options: [
		{ name: 'Set', value: 'set', description: 'Set of this node (SetChargingProfile)' },
		{
			name: 'Start Transaction',
			value: 'start',
			description: 'Start of the node Charging Transaction (RequestStartTransaction)',
		},
	],
	default: 'set',
	description: 'The request with which the profile will be sent; the rules of the two differ',
});

const NOT_STATED = {
	name: 'Not Stated',
	value: 'unknown',
	description: 'Rules that depend on it are not checked',
} as const;

const sentTo = optionField({
	label: 'Sent To',
	name: 'sentTo',
	options: [
		{ name: 'Connector', value: 'connector' },
		{ name: 'Whole Station', value: 'station' },
		NOT_STATED,
	],
	default: NOT_STATED.value,
	description: 'What the profile is for',
});

const connector = evseId.when({ [sentTo.name]: ['connector'] });

const current = optionField({
	label: 'Current',
	name: 'currentType',
	options: [{ name: 'AC', value: 'AC' }, { name: 'DC', value: 'DC' }, NOT_STATED],
	default: NOT_STATED.value,
	description: 'The current that the charger supplies to cars',
});

const options = optionCollection(capacityToJudgeBy);

/** @throws InputError */
function readTarget(values: Values): ProfileTarget {
	const target = sentTo.read(values);
	const currentType = current.read(values);
	return {
		request: request.read(values),
		nowMs: Date.now(),
		...(target === 'station' && { evseId: 0 }),
		...(target === 'connector' && { evseId: connector.read(values) }),
		...(currentType !== 'unknown' && { currentType }),
	};
}

/** A profile as a field contains it: alone, or in an object that also says where it is. */
interface Entry extends Placement {
	profile: unknown;
}

/**
 * The profiles of a field: one, or each of a list. Where it is, is said next to the profile: in the field, or else in the
 * item that contains it.
 */
function entriesIn(json: unknown, item: IDataObject): Entry[] {
	const list: unknown[] = Array.isArray(json) && json.length > 0 ? json : [json];
	return list.map((one) => {
		if (isObject(one) && one[PROFILE_FIELD] !== undefined) {
			return { profile: one[PROFILE_FIELD], ...placementIn(one as IDataObject) };
		}
		return { profile: one, ...(item[PROFILE_FIELD] !== undefined && placementIn(item)) };
	});
}

/** Adds what is wrong with profiles that come together. */
function judgeTogether(outputs: IDataObject[], parameters: Values[]): IDataObject[] {
	const placed = outputs.map((output, index): CountedProfile => {
		const { chargingProfile } = output;
		const id = isObject(chargingProfile) ? ` ${quoted(chargingProfile.id)}` : '';
		return {
			...placementIn(output),
			profile: chargingProfile,
			name: `Profile${id} (item ${index})`,
			capacity: capacityToJudgeBy.readIfGiven(options.read(parameters[index])),
		};
	});
	const found = [...checkProfileSet(placed), ...checkStationCapacity(placed)];
	const byOutput = new Map<number, Finding[]>();
	for (const { index, finding } of found) {
		byOutput.set(index, [...(byOutput.get(index) ?? []), finding]);
	}
	return outputs.map((output, index) => {
		const added = byOutput.get(index);
		if (added === undefined) return output;
		const findings = [...(output.findings as unknown as Finding[]), ...added];
		return { ...output, valid: !findings.some(isError), findings };
	});
}

/**
 * Checks all the rules of OCPP 2.0.1 that Set and Start check, without an account: for each profile, and for all of them
 * together.
 */
export const validate: Calculation = {
	type: 'calculation',
	name: 'Validate',
	value: 'validate',
	action: 'Validate charging profile',
	description:
		'Check charging profiles against the rules of OCPP 2.0.1, each by itself and all together, and list every rule that they break',
	fields: [profile, request, sentTo, connector, current, options],
	input: 'each',
	calculate(parameters, [item]) {
		const target = readTarget(parameters);
		// Bad input ends the run before profiles are judged together.
		capacityToJudgeBy.readIfGiven(options.read(parameters));
		const items = entriesIn(profile.read(parameters), item).map((entry) => {
			const { stationId, evseId: ownEvseId } = entry;
			const evse = target.evseId ?? ownEvseId;
			const inspection = inspectProfile(
				entry.profile,
				{ ...target, evseId: evse },
				parameters.timezone,
			);
			const { findings, warnings } = inspection;
			return {
				valid: !findings.some(isError),
				findings,
				warnings,
				...(stationId !== undefined && { stationId }),
				...(evse !== undefined && { evseId: evse }),
				chargingProfile: inspection.profile as IDataObject,
			};
		});
		return { items };
	},
	completeTogether: judgeTogether,
};
