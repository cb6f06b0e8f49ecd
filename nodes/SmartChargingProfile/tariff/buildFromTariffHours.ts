import { DateTime } from 'luxon';

import { chartFiles } from '../../shared/charging/chart/files';
import { profileWarnings } from '../../shared/charging/profile/profileWarnings';
import { buildTariffProfiles, type TariffSchedule } from '../../shared/charging/tariff/build';
import { calendarInWords } from '../../shared/charging/tariff/calendarWords';
import type { Tariff } from '../../shared/charging/tariff/tariff';
import { tariffChart } from '../../shared/charging/tariff/tariffChart';
import { tariffWarnings } from '../../shared/charging/tariff/tariffWarnings';
import { tariffSummary } from '../../shared/charging/tariff/tariffSummary';
import type { Calculation } from '../../shared/node/operation';
import { checkBuilt } from '../shared/checkBuilt';
import { tariffForm } from './tariffForm';

/** Whether Recurring profiles end within a year, because the charger holds no more of them. */
const isShort = ({ mode, startMs }: Tariff, end: string | undefined): boolean =>
	mode === 'recurring' &&
	end !== undefined &&
	DateTime.fromISO(end) < DateTime.fromMillis(startMs, { zone: 'utc' }).plus({ years: 1 });

/** Warnings on what may not be as the user expects. @throws InputError if the profiles break a rule */
function warningsOn(tariff: Tariff, schedule: TariffSchedule): string[] {
	const { profiles, stackLevels, changes, sendAgainBefore } = schedule;
	// A tariff with very many windows can need more periods than a profile may have.
	const ofRules = checkBuilt(
		profiles,
		tariff.zone,
		'The windows',
		'Choose fewer days ahead, or fewer windows.',
	);
	return [
		...tariffWarnings(tariff, changes, sendAgainBefore),
		...ofRules,
		...new Set(profiles.flatMap((profile) => profileWarnings(profile, tariff.zone))),
		...(stackLevels.length > 1
			? [
					`The profiles use the stack levels ${stackLevels[0]} to ${stackLevels.at(-1)}, because profiles that are valid at the same time need different ones (K01.FR.06).`,
				]
			: []),
		...(isShort(tariff, sendAgainBefore)
			? [
					`${tariff.capacity.profiles === Infinity ? 'Recurring profiles cannot leave out their limits on single days: these last' : 'The charger’s capacity holds these profiles'} until ${sendAgainBefore} only, less than a year: build and send them again before then.${tariff.outside === undefined ? ' With a limit outside the windows they can last longer.' : ''}`,
				]
			: []),
		...(profiles.length === 0
			? ['No window falls in the days ahead: there is no profile to send.']
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
	fields: [tariffForm],
	input: 'each',
	async calculate(parameters, [item]) {
		const now = DateTime.now();
		const tariff = tariffForm.read(parameters, item, now);
		const schedule = buildTariffProfiles(tariff);
		const { profiles, stackLevels, sendAgainBefore, clearBefore, clearAfter } = schedule;
		const summary = tariffSummary(tariff, schedule);
		const lines = calendarInWords(tariff, sendAgainBefore);
		const warnings = [...tariffForm.warnings(parameters), ...warningsOn(tariff, schedule)];
		const items = profiles.map((chargingProfile, index) => ({
			summary,
			...(lines.length > 0 && { calendar: lines }),
			...(warnings.length > 0 && { warnings }),
			chargingProfile,
			stackLevels,
			...(tariff.startDelay && { startDelay: tariff.startDelay.seconds }),
			...(sendAgainBefore !== undefined && { sendAgainBefore }),
			...(index === 0 && clearBefore !== undefined && { clearBefore }),
			...(index === 0 && clearAfter !== undefined && { clearAfter }),
		}));
		const chart = tariffChart(tariff, profiles, now.toMillis());
		return {
			items,
			...(profiles.length > 0 && { files: await chartFiles(chart, 'tariff-hours') }),
			hints: warnings,
		};
	},
};
