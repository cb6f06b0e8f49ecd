import { chartFiles } from '../../shared/charging/chart/files';
import {
	previewChart,
	previewPeriods,
	type PreviewPeriod,
	type PreviewQuery,
} from '../../shared/charging/preview/schedulePreview';
import type { InstalledProfile } from '../../shared/charging/profile/profile';
import type { Calculation } from '../../shared/node/operation';
import { installedProfiles } from './installedProfiles';
import { previewQuery, transactionStart } from './previewQuery';

const idsOf = (profiles: readonly InstalledProfile[]): string =>
	`${profiles.length === 1 ? 'Profile' : 'Profiles'} ${profiles.map(({ profile }) => profile.id).join(', ')}`;

/** Hints where the preview may not show what the user expects. */
function hintsOn(query: PreviewQuery, periods: readonly PreviewPeriod[]): string[] {
	const { evseId, profiles, transaction } = query;
	const elsewhere = profiles.filter(
		(installed) => evseId !== 0 && installed.evseId !== 0 && installed.evseId !== evseId,
	);
	const dormant = profiles.filter(
		({ profile }) => profile.chargingProfilePurpose === 'TxProfile' && transaction === undefined,
	);
	return [
		...(elsewhere.length > 0
			? [
					`${idsOf(elsewhere)}: left out, because ${elsewhere.length === 1 ? 'it is' : 'they are'} not for connector ${evseId}.`,
				]
			: []),
		...(dormant.length > 0
			? [
					`${idsOf(dormant)}: a TxProfile applies only while its transaction runs. Add the option ${transactionStart.label} to see it.`,
				]
			: []),
		...(periods.every(({ setBy }) => setBy.length === 0)
			? ['No profile sets a limit in this window: the local limit applies throughout.']
			: []),
	];
}

/** The composite schedule of charging profiles (OCPP 2.0.1 K08) as a charger computes it, with a chart. */
export const preview: Calculation = {
	type: 'calculation',
	name: 'Preview',
	value: 'preview',
	action: 'Preview schedule',
	description: 'See which limit applies when, and which charging profile sets it, with a chart',
	fields: [installedProfiles, previewQuery],
	input: 'all',
	async calculate(parameters, items) {
		const now = Date.now();
		const { profiles, stationId } = installedProfiles.read(parameters, items);
		const query = previewQuery.read(parameters, profiles, now);
		const periods = previewPeriods(query);
		const part = query.evseId === 0 ? 'the whole station' : `connector ${query.evseId}`;
		const of = stationId === undefined ? part : `${stationId}, ${part}`;
		return {
			items: periods.map((period) => ({ ...period })),
			files: await chartFiles(previewChart(query, periods, of, now), 'charging-limit'),
			hints: hintsOn(query, periods),
		};
	},
};
