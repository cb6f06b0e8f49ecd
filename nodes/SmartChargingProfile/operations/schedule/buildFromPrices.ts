import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { priceSchedules } from '../../../shared/charging/prices/priceSchedules';
import { priceWarnings } from '../../../shared/charging/prices/priceWarnings';
import type { Calculation } from '../../../shared/node/operation';
import { checkBuilt } from '../../checkBuilt';
import { idField, purposeField, stackLevelField, transactionField } from '../../fields/identity';
import { priceOptions } from '../../fields/priceOptions';
import { priceRuleFields } from '../../fields/priceRule';
import { pricesFields } from '../../fields/prices';
import { ALL_PURPOSES } from '../../fields/purposes';
import { readPriceSchedule } from '../../readPriceSchedule';

/** Absolute profiles (OCPP 2.0.1 K01) whose limits follow electricity prices. */
export const buildFromPrices: Calculation = {
	type: 'calculation',
	name: 'Build From Prices',
	value: 'buildFromPrices',
	action: 'Build schedule from prices',
	description: 'Make a charging profile out of electricity prices, to be sent with Set',
	fields: [
		{
			properties: [
				...pricesFields,
				...priceRuleFields,
				purposeField(ALL_PURPOSES, 'TxDefaultProfile'),
				transactionField,
				idField,
				stackLevelField,
				priceOptions,
			],
		},
	],
	input: 'all',
	calculate(parameters, items) {
		const now = Math.floor(DateTime.now().toSeconds());
		const { list, plan, options, departure } = readPriceSchedule(parameters, items, now);
		const schedules = priceSchedules(list, plan, options);
		const profiles = schedules.map(({ chargingProfile }) => chargingProfile);
		const warnings = [
			...priceWarnings(schedules, list, plan, now, departure),
			// Not that cars pause: that is what cheap hours are for.
			...checkBuilt(profiles, options.zone, 'The prices', options.fix),
		];
		const built = schedules.map(
			(schedule): IDataObject => ({ ...schedule, ...(warnings.length > 0 && { warnings }) }),
		);
		return { items: built, hints: warnings };
	},
};
