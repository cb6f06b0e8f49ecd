import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../shared/charging/base/inputError';
import { startDelayOf, type StartDelay } from '../../shared/charging/base/startDelay';
import type { FormPart } from '../../shared/node/fields/kinds/field';
import { checkId } from '../../shared/node/fields/kinds/locator';
import { numberField } from '../../shared/node/fields/kinds/number';
import { textField } from '../../shared/node/fields/kinds/text';
import { isEmpty, type Values } from '../../shared/node/fields/kinds/values';

const most = numberField({
	label: 'Start Delay Up To (Min)',
	name: 'startDelayMinutes',
	min: 0,
	max: 30,
	decimals: 0,
	unit: 'minutes',
	default: 10,
	description:
		'Limits fall on time, and rise late by up to so many minutes, so that not all charging stations begin at the same second. The delay of a station is random, but always the same. UK rules ask for 10.',
});

const station = textField({
	label: 'Start Delay of Station',
	name: 'startDelayStation',
	placeholder: 'e.g. DEPOT-DC-1',
	description:
		'The ID of the charging station that the profile is for. By default the field stationId of the item.',
});

/** The options of a builder for a random delay of each charging station. */
export const startDelay: {
	readonly fields: readonly FormPart[];
	/**
	 * @param item the input item; the first one, if all are worked on together
	 * @returns undefined if the option was not added
	 * @throws InputError
	 */
	readIfGiven(added: Values, item?: IDataObject): StartDelay | undefined;
} = {
	fields: [most, station],
	readIfGiven(added, item = {}) {
		const minutes = most.readIfGiven(added);
		if (minutes === undefined) return undefined;
		const given = station.readIfGiven(added) ?? item.stationId;
		if (isEmpty(given)) {
			throw new InputError(
				`${most.label} needs a charging station, and the item has no field stationId`,
				`Add the option ${station.label}: the delay is that of a charging station.`,
			);
		}
		const stationId = checkId(station.label, given, false);
		return { stationId, seconds: startDelayOf(stationId, minutes), most: minutes * 60 };
	},
};
