import { DateTime } from 'luxon';

import { chartFiles } from '../../shared/charging/chart/files';
import { limitWarnings } from '../../shared/charging/profile/profileWarnings';
import { priceChart } from '../../shared/charging/prices/priceChart';
import { leftOverOf } from '../../shared/charging/prices/priceProfiles';
import { priceSchedules } from '../../shared/charging/prices/priceSchedules';
import { priceWarnings } from '../../shared/charging/prices/priceWarnings';
import type { Calculation } from '../../shared/node/operation';
import { checkBuilt } from '../shared/checkBuilt';
import { priceForm } from './priceForm';

/** Absolute profiles (OCPP 2.0.1 K01) whose limits follow electricity prices. */
export const buildFromPrices: Calculation = {
	type: 'calculation',
	name: 'Build From Prices',
	value: 'buildFromPrices',
	action: 'Build schedule from prices',
	description: 'Build a charging profile from electricity prices, to be sent with Set',
	fields: [priceForm],
	input: 'all',
	async calculate(parameters, items) {
		const now = Math.floor(DateTime.now().toSeconds());
		const { list, plan, options, departure, ...read } = priceForm.read(parameters, items, now);
		const schedules = priceSchedules(list, plan, options);
		const profiles = schedules.map(({ chargingProfile }) => chargingProfile);
		const warnings = [
			...priceForm.warnings(parameters),
			...read.warnings,
			...priceWarnings(schedules, list, plan, options, now, departure),
			...new Set(profiles.flatMap((profile) => limitWarnings(profile))),
			// No warning that cars pause at low limits: here that is intended.
			...checkBuilt(profiles, options.zone, 'The prices', options.fix),
		];
		const levels = profiles.map(({ stackLevel }) => stackLevel);
		const clearBefore = leftOverOf(options.identity, options, levels);
		const built = schedules.map(({ summary, ...schedule }, index) => ({
			summary,
			...(warnings.length > 0 && { warnings }),
			...schedule,
			...(index === 0 && clearBefore && { clearBefore }),
		}));
		const chart = priceChart(list, plan, schedules, options, { now, departure });
		return { items: built, files: await chartFiles(chart, 'price-plan'), hints: warnings };
	},
};
