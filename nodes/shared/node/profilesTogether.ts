import { InputError } from '../charging/base/inputError';
import { checkStationCapacity, type CountedProfile } from '../charging/rules/capacityOfStation';
import { checkProfileSet } from '../charging/rules/profileSet';
import { ruleInWords, SEND_ANYWAY_FIX } from './chargingProfile';
import type { Item } from './item';
import type { Job } from './job';

/** An item whose job, and the stations it goes to, are known. */
type ItemToSend = Item & { work: { job: Job } };

interface Placed {
	/** Absent for a profile that is on the station already. */
	item?: ItemToSend;
	placed: CountedProfile;
}

/** The profiles that the item’s stations get, after those that they have. */
function placedBy(item: ItemToSend): { installed: Placed[]; sent: Placed[] } {
	const { request, profile } = item.work.job;
	if (profile === undefined || item.failed) return { installed: [], sent: [] };
	const { evseId, capacity } = profile;
	const stationIds = item.parts.map(({ stationId }) => stationId ?? stationIn(request));
	const name = `${nameOf(profile.profile)} (item ${item.itemIndex})`;
	return {
		installed: stationIds.flatMap((stationId) =>
			profile.installed.map((held) => ({
				placed: { stationId, ...held, name: `${nameOf(held.profile)}, which is installed,` },
			})),
		),
		sent: stationIds.map((stationId) => ({
			item,
			placed: { stationId, evseId, profile: profile.profile, capacity, name },
		})),
	};
}

const stationIn = ({ path }: Job['request']): string | undefined =>
	path !== undefined && 'stationId' in path ? path.stationId : undefined;

const nameOf = (profile: unknown): string => `Profile ${(profile as { id?: number }).id}`;

/**
 * Judges the charging profiles that come together at a station, with those that are installed: stores an error in the
 * item of each profile that the station would refuse because of another one, or of its capacity, or else a warning.
 */
export function judgeProfiles(items: readonly ItemToSend[]): void {
	const all = items.map(placedBy);
	// Installed profiles first: those that are sent come after them, and may replace them.
	const profiles = [
		...all.flatMap(({ installed }) => installed),
		...all.flatMap(({ sent }) => sent),
	];
	const placed = profiles.map((one) => one.placed);
	for (const { index, other, finding } of [
		...checkProfileSet(placed),
		...checkStationCapacity(placed),
	]) {
		const { item } = profiles[index];
		const profile = item?.work.job.profile;
		if (!item || !profile || other > index) continue;
		// To replace an installed profile is what the same ID is for, and on a charger of OCPP 1.6 the same level.
		const isReplacement = finding.path === 'id' || profile.capacity?.sameLevelReplaces === true;
		if (profiles[other].item === undefined && isReplacement) continue;
		const sentence = ruleInWords(finding, profile.nameOf);
		const isError = finding.severity === 'error';
		if (isError && !profile.sendAnyway) {
			const error = new InputError(sentence, SEND_ANYWAY_FIX);
			const attempt = { itemIndex: item.itemIndex, progress: 'No command was sent.' };
			item.failed ??= { error, attempt };
			continue;
		}
		const warning = isError ? `Sent anyway: ${sentence}.` : `${sentence}.`;
		item.warnings = [...new Set([...(item.warnings ?? []), warning])];
		item.hints = [...new Set([...(item.hints ?? []), warning])];
	}
}
