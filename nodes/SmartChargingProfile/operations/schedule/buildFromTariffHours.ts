import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { adviceOn } from '../../../shared/charging/advice';
import { checkChargingProfile } from '../../../shared/charging/rules';
import {
	buildTariffProfiles,
	type Tariff,
	type TariffSchedule,
} from '../../../shared/charging/tariff/build';
import { surprisesOf } from '../../../shared/charging/tariff/surprises';
import { summaryOf } from '../../../shared/charging/tariff/summary';
import type { Calculation } from '../../../shared/node/operation';
import { InputError } from '../../../shared/node/parameters';
import { readTariff, tariffFields } from '../../fields/tariff';

/** A tariff with very many windows can need more periods than a profile may have. @throws InputError */
function checkSize({ profiles }: TariffSchedule): void {
	const findings = profiles.flatMap((profile) =>
		checkChargingProfile(profile, { request: 'set' }).filter(
			({ severity }) => severity === 'error',
		),
	);
	if (findings.length === 0) return;
	throw new InputError(
		`The windows do not fit into a charging profile: ${findings[0].message}`,
		'Choose fewer days ahead, or fewer windows.',
	);
}

function hintsOn(tariff: Tariff, { profiles, stackLevels, changes }: TariffSchedule): string[] {
	return [
		...surprisesOf(tariff, changes),
		...new Set(profiles.flatMap((profile) => adviceOn(profile, tariff.zone))),
		...(stackLevels.length > 1
			? [
					`The profiles take the stack levels ${stackLevels[0]} to ${stackLevels.at(-1)}, because profiles that are valid together need one each (K01.FR.06). With a limit outside the windows, one stack level is enough.`,
				]
			: []),
		...(profiles.length === 0
			? ['No window holds in the days ahead: there is no profile to send.']
			: []),
	];
}

/** Limits by hours of the local week as charging profiles of OCPP 2.0.1, one item each, ready for Set. */
export const buildFromTariffHours: Calculation = {
	type: 'calculation',
	name: 'Build From Tariff Hours',
	value: 'buildFromTariffHours',
	action: 'Build schedule from tariff hours',
	description:
		'Turn hours of the week with a limit into charging profiles that are exact in local time',
	fields: tariffFields,
	input: 'each',
	calculate(parameters) {
		const tariff = readTariff(parameters, DateTime.now());
		const schedule = buildTariffProfiles(tariff);
		checkSize(schedule);
		const { profiles, stackLevels, sendAgainBefore } = schedule;
		const summary = summaryOf(tariff, schedule);
		const warnings = hintsOn(tariff, schedule);
		const items = profiles.map((chargingProfile) => ({
			chargingProfile: chargingProfile as unknown as IDataObject,
			summary,
			stackLevels,
			...(sendAgainBefore !== undefined && { sendAgainBefore }),
			...(warnings.length > 0 && { warnings }),
		}));
		return { items, hints: warnings };
	},
};
