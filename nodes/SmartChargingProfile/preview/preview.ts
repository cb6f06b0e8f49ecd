import { InputError } from '../../shared/charging/base/inputError';
import { chartFiles } from '../../shared/charging/chart/files';
import {
	previewChart,
	previewPeriods,
	type PreviewPeriod,
	type PreviewQuery,
} from '../../shared/charging/preview/schedulePreview';
import { appliesBeforeStart } from '../../shared/charging/composite/activePeriods';
import type { InstalledProfile } from '../../shared/charging/profile/profile';
import { PURPOSE_NAMES } from '../../shared/charging/profile/purposeNames';
import { station } from '../../shared/node/fields/station';
import type { Calculation, Outcome } from '../../shared/node/operation';
import { collectItems } from '../../shared/node/pages';
import { stationLookUp } from '../../shared/node/stationLookUp';
import { installedProfiles } from './installedProfiles';
import { previewQuery, transactionStart } from './previewQuery';

const idsOf = (profiles: readonly InstalledProfile[]): string =>
	`${profiles.length === 1 ? 'Profile' : 'Profiles'} ${profiles.map(({ profile }) => profile.id).join(', ')}`;

/** No profile applies at any time of the window. */
const nothingSet = ({ localLimit }: PreviewQuery): string =>
	`No profile sets a limit in this window: ${localLimit === Infinity ? 'there is no limit' : 'the local limit applies throughout'}.`;

/** Hints where the preview may not show what the user expects. */
function hintsOn(query: PreviewQuery, periods: readonly PreviewPeriod[]): string[] {
	const { evseId, profiles, transaction } = query;
	const elsewhere = profiles.filter(
		(installed) => evseId !== 0 && installed.evseId !== 0 && installed.evseId !== evseId,
	);
	const dormant = profiles.filter(
		({ profile }) => profile.chargingProfilePurpose === 'TxProfile' && transaction === undefined,
	);
	const window = { from: query.startMs / 1000, to: query.endMs / 1000 };
	const leftOut = new Set([...elsewhere, ...dormant]);
	const early = profiles.filter(
		(installed) => !leftOut.has(installed) && appliesBeforeStart(installed.profile, window),
	);
	return [
		...(elsewhere.length > 0
			? [
					`${idsOf(elsewhere)}: left out, because ${elsewhere.length === 1 ? 'it is' : 'they are'} not for connector ${evseId}.`,
				]
			: []),
		...(dormant.length > 0
			? [
					`${idsOf(dormant)}: shown only with the option ${transactionStart.label}, because the purpose ${PURPOSE_NAMES.TxProfile} applies only while a transaction runs (TxProfile).`,
				]
			: []),
		...(early.length > 0
			? [
					`${idsOf(early)}: shown from startSchedule on, as strict chargers apply it. Others take it only as the time at which a Recurring profile recurs, and apply the profile on the days before, too. So that all do the same, set validFrom to the day on which it is to begin, and startSchedule to that time or earlier.`,
				]
			: []),
		...(periods.every(({ setBy }) => setBy.length === 0) ? [nothingSet(query)] : []),
	];
}

/** @param station the charging station, if it is known */
async function outcomeOf(
	query: PreviewQuery,
	station: string | undefined,
	clashes: readonly string[],
	nowMs: number,
): Promise<Outcome> {
	const periods = previewPeriods(query);
	const part = query.evseId === 0 ? 'the whole station' : `connector ${query.evseId}`;
	const of = station === undefined ? part : `${station}, ${part}`;
	return {
		items: periods.map((period) => ({ ...period })),
		files: await chartFiles(previewChart(query, periods, of, nowMs), 'charging-limit'),
		hints: [...clashes, ...hintsOn(query, periods)],
	};
}

/**
 * The composite schedule of charging profiles (OCPP 2.0.1 K08) as a charger computes it, with a chart. API operation
 * `listStations`, if the charger is given by its charging station.
 */
export const preview: Calculation = {
	type: 'calculation',
	name: 'Preview',
	value: 'preview',
	action: 'Preview schedule',
	description: 'See which limit applies when, and which charging profile sets it, with a chart',
	fields: [installedProfiles, previewQuery],
	input: 'all',
	calculate(parameters, items) {
		const now = Date.now();
		const { profiles, stationId, clashes } = installedProfiles.read(parameters, items);
		const request = previewQuery.read(parameters, profiles, now);
		if ('query' in request) return outcomeOf(request.query, stationId, clashes, now);
		const chosen = request.stationId;
		if (stationId !== undefined && stationId !== chosen) {
			throw new InputError(
				`${station.label} is ${chosen}, but the profiles are of ${stationId}`,
				'Choose the charging station of the profiles.',
			);
		}
		const lookUp = stationLookUp(chosen, (found) => request.queryOn(found));
		return {
			request: lookUp.request,
			async carryOut(send) {
				const [query] = await collectItems(lookUp, send);
				return await outcomeOf(query, chosen, clashes, now);
			},
		};
	},
};
