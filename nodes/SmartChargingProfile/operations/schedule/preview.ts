import { chartFiles } from '../../../shared/charging/chart/files';
import type { InstalledProfile } from '../../../shared/charging/profile';
import {
	previewChart,
	previewPeriods,
	type PreviewPeriod,
	type PreviewQuery,
} from '../../../shared/charging/preview';
import type { Calculation } from '../../../shared/node/operation';
import { InputError } from '../../../shared/node/parameters';
import { installedProfilesFields } from '../../fields/installedProfiles';
import { previewFields, readPreview } from '../../fields/preview';
import { readInstalledProfiles } from '../../installedProfiles';

/** A connector that the station does not have would be left out of its sum. @throws InputError */
function checkConnectors({ evseId, connectors, profiles }: PreviewQuery): void {
	const beyond = profiles.find((installed) => installed.evseId > connectors);
	if (evseId !== 0 || beyond === undefined) return;
	throw new InputError(
		`Number of Connectors is ${connectors}, but profile ${beyond.profile.id} is for connector ${beyond.evseId}`,
		`Enter ${beyond.evseId} or more.`,
	);
}

const idsOf = (profiles: readonly InstalledProfile[]): string =>
	`${profiles.length === 1 ? 'Profile' : 'Profiles'} ${profiles.map(({ profile }) => profile.id).join(', ')}`;

/** Where the preview may not be what was meant. */
function hintsOn(query: PreviewQuery, periods: readonly PreviewPeriod[]): string[] {
	const { evseId, profiles, transaction } = query;
	const elsewhere = profiles.filter(
		(installed) => evseId !== 0 && installed.evseId !== 0 && installed.evseId !== evseId,
	);
	const dormant = profiles.filter(
		({ profile }) => profile.chargingProfilePurpose === 'TxProfile' && transaction === undefined,
	);
	const counts = (some: readonly InstalledProfile[]) => (some.length === 1 ? 'counts' : 'count');
	return [
		...(elsewhere.length > 0
			? [`${idsOf(elsewhere)}: set on another connector than ${evseId}, and left out.`]
			: []),
		...(dormant.length > 0
			? [
					`${idsOf(dormant)}: a TxProfile ${counts(dormant)} only while its transaction runs. Add the option Transaction Start to see it.`,
				]
			: []),
		...(periods.every(({ setBy }) => setBy.length === 0)
			? ['No profile sets a limit in this window: the local limit holds throughout.']
			: []),
	];
}

/** The composite schedule of charging profiles (OCPP 2.0.1 K08) as a charger works it out, with a chart. */
export const preview: Calculation = {
	type: 'calculation',
	name: 'Preview',
	value: 'preview',
	action: 'Preview schedule',
	description:
		'See which limit holds when under charging profiles, and which profile sets it, with a chart',
	fields: [{ properties: [...installedProfilesFields, ...previewFields] }],
	input: 'all',
	async calculate(parameters, items) {
		const now = Date.now();
		const { profiles, stationId } = readInstalledProfiles(parameters, items);
		const query = { ...readPreview(parameters, now), profiles };
		checkConnectors(query);
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
