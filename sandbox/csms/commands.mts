import type { components } from '../../nodes/shared/chargeye/types.ts';
import type { ChargingProfile } from '../../nodes/shared/charging/profile/profile.ts';
import type { SimulatedClock } from '../clock.mts';
import { VENDOR_ID, type StationMessages } from '../ocpp/messages.mts';
import type { ConnectedStation } from './connectedStation.mts';
import type { Csms } from './csms.mts';
import {
	defaultProfileId,
	toChargingProfile,
	type LimitOptions,
	type LimitTarget,
} from './powerLimits.mts';

type ApiProfile = components['schemas']['ChargingProfile'];
type Response<Action extends keyof StationMessages> = Promise<StationMessages[Action]['response']>;

/** The power limit commands, which remember the profile ids that they set limits with. */
export class PowerLimitCommands {
	constructor(
		private readonly csms: Csms,
		private readonly clock: SimulatedClock,
	) {}

	/** SetChargingProfile with the profile that the limit becomes. */
	async set(
		station: ConnectedStation,
		target: LimitTarget,
		limit: components['schemas']['PowerLimit'],
		options: LimitOptions,
	): Response<'SetChargingProfile'> {
		const profile = toChargingProfile(station, target, limit, options, this.clock.now());
		const response = await this.csms.call(station.asset.stationId, 'SetChargingProfile', {
			evseId: evseIdOf(target),
			chargingProfile: profile,
		});
		if (response.status === 'Accepted') idsOf(station, target).add(profile.id);
		return response;
	}

	/**
	 * ClearChargingProfile for every limit set on this target. If none is remembered, it clears the
	 * default id: only the station knows whether there is anything to clear.
	 */
	async clear(station: ConnectedStation, target: LimitTarget): Response<'ClearChargingProfile'> {
		const profileIds = idsOf(station, target);
		const ids = profileIds.size > 0 ? [...profileIds] : [defaultProfileId(target, {})];
		const answers: Awaited<Response<'ClearChargingProfile'>>[] = [];
		for (const chargingProfileId of ids) {
			answers.push(
				await this.csms.call(station.asset.stationId, 'ClearChargingProfile', {
					chargingProfileId,
				}),
			);
			profileIds.delete(chargingProfileId);
		}
		return answers.find(({ status }) => status === 'Accepted') ?? answers[0];
	}
}

/** The API's profile as a station may see it: `condition` in customData, `meta` left out. */
export function toOcppProfile({ condition, ...profile }: ApiProfile): ChargingProfile {
	delete profile.meta;
	if (condition === undefined) return profile;
	return { ...profile, customData: { vendorId: VENDOR_ID, ...profile.customData, condition } };
}

const evseIdOf = (target: LimitTarget): number => (target.kind === 'station' ? 0 : target.evseId);

/** The profile ids that limits were set with on a target. */
function idsOf({ limitProfileIds }: ConnectedStation, target: LimitTarget): Set<number> {
	const key = JSON.stringify(target);
	const ids = limitProfileIds.get(key) ?? new Set<number>();
	limitProfileIds.set(key, ids);
	return ids;
}
