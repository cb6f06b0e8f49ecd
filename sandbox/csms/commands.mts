import type { components } from '../../nodes/shared/chargeye/types.ts';
import type { ChargingProfile } from '../../nodes/shared/charging/profile/profile.ts';
import type { SimulatedClock } from '../clock.mts';
import { VENDOR_ID, type StationMessages, type StatusInfo } from '../ocpp/messages.mts';
import type { ConnectedStation } from './connectedStation.mts';
import type { Csms } from './csms.mts';
import { stackLevelOf, toChargingProfile, toRateLimit } from './powerLimits.mts';
import {
	defaultProfileId,
	evseIdOf,
	isSame,
	type LimitOptions,
	type LimitTarget,
	type SetLimit,
} from './setLimits.mts';
import { StationFailedError, StationOfflineError } from './stationErrors.mts';

type ApiProfile = components['schemas']['ChargingProfile'];
type Response<Action extends keyof StationMessages> = Promise<StationMessages[Action]['response']>;

/**
 * The power limit commands. They remember which limits a station holds, and send again what only the central system can time:
 * a station's limit with a delay, and a limit with a condition that the station does not watch itself.
 */
export class PowerLimitCommands {
	constructor(
		private readonly csms: Csms,
		private readonly clock: SimulatedClock,
	) {
		csms.onTransactionEvent((station) => void this.#follow(station));
	}

	/** SetChargingProfile with the profile that the limit becomes, together with those that share its profile. */
	async set(
		station: ConnectedStation,
		target: LimitTarget,
		powerLimit: components['schemas']['PowerLimit'],
		options: LimitOptions,
	): Response<'SetChargingProfile'> {
		const { limits } = station;
		const place = { target, condition: options.condition, stackLevel: stackLevelOf(options) };
		const limit: SetLimit = {
			...place,
			profileId: options.chargingProfileId ?? limits.profileIdFor(place),
			delay: options.relativeDelay,
			rate: toRateLimit(station, powerLimit),
			setAt: this.clock.now(),
		};
		if (isWatchedHere(station, limit) && !canWatch(limit)) return notWatched(station, limit);
		const together = [
			...(options.chargingProfileId === undefined ? limits.besides(limit) : []),
			limit,
		];
		const isReplaced = (held: SetLimit): boolean =>
			held.profileId === limit.profileId && !together.includes(held);
		// The station may take the limit although its answer never arrives.
		limits.add(limit);
		try {
			const response = await this.#send(station, together);
			limits.forget(response.status === 'Accepted' ? isReplaced : (held) => held === limit);
			return response;
		} catch (error) {
			if (error instanceof StationFailedError || error instanceof StationOfflineError) {
				limits.forget((held) => held === limit);
			}
			throw error;
		}
	}

	/**
	 * ClearChargingProfile for every limit set on this target. If none is remembered, it clears the default id, unless that is
	 * another target's: only the station knows whether there is anything to clear.
	 */
	async clear(station: ConnectedStation, target: LimitTarget): Response<'ClearChargingProfile'> {
		const { limits } = station;
		const held = limits.of(target).map(({ profileId }) => profileId);
		const defaultId = defaultProfileId({ target, condition: undefined, stackLevel: 0 });
		if (held.length === 0 && limits.inProfile(defaultId).length > 0) return { status: 'Unknown' };
		const answers: Awaited<Response<'ClearChargingProfile'>>[] = [];
		for (const profileId of new Set(held.length > 0 ? held : [defaultId])) {
			answers.push(await this.#clear(station, profileId));
			limits.forget((limit) => limit.profileId === profileId && isSame(limit.target, target));
		}
		return answers.find(({ status }) => status === 'Accepted') ?? answers[0];
	}

	async #send(station: ConnectedStation, limits: SetLimit[]): Response<'SetChargingProfile'> {
		const [{ profileId, target }] = limits;
		const chargingProfile = this.#profileNow(station, limits);
		if (chargingProfile === undefined) {
			if (station.sentLimits.has(profileId)) await this.#clear(station, profileId);
			return { status: 'Accepted', statusInfo: KEPT_HERE };
		}
		return await this.#remembering(station, profileId, JSON.stringify(chargingProfile), () =>
			this.csms.call(station.asset.stationId, 'SetChargingProfile', {
				evseId: evseIdOf(target),
				chargingProfile,
			}),
		);
	}

	async #clear(station: ConnectedStation, profileId: number): Response<'ClearChargingProfile'> {
		const limits = station.limits.inProfile(profileId);
		const isOnlyHere = limits.length > 0 && limits.every((limit) => isWatchedHere(station, limit));
		if (isOnlyHere && !station.sentLimits.has(profileId)) return { status: 'Accepted' };
		return await this.#remembering(station, profileId, undefined, () =>
			this.csms.call(station.asset.stationId, 'ClearChargingProfile', {
				chargingProfileId: profileId,
			}),
		);
	}

	/** Remembers what is being sent (undefined: nothing any more), unless the station does not take it. */
	async #remembering<Answer extends { status: string }>(
		{ sentLimits }: ConnectedStation,
		profileId: number,
		profile: string | undefined,
		call: () => Promise<Answer>,
	): Promise<Answer> {
		const remember = (json: string | undefined) =>
			json === undefined ? sentLimits.delete(profileId) : sentLimits.set(profileId, json);
		const before = sentLimits.get(profileId);
		remember(profile);
		try {
			const answer = await call();
			if (answer.status === 'Rejected') remember(before);
			return answer;
		} catch (error) {
			remember(before);
			throw error;
		}
	}

	/** Sends again, or clears, what has changed with the station's transactions. */
	async #follow(station: ConnectedStation): Promise<void> {
		for (const profileId of new Set(station.limits.all().map((limit) => limit.profileId))) {
			const limits = station.limits.inProfile(profileId);
			if (!limits.some((limit) => isTimedHere(station, limit))) continue;
			const profile = this.#profileNow(station, limits);
			const json = profile && JSON.stringify(profile);
			if (json === station.sentLimits.get(profileId)) continue;
			try {
				if (profile === undefined) await this.#clear(station, profileId);
				else await this.#send(station, limits);
			} catch (error) {
				console.error(`${station.asset.stationId}: could not send a limit again: ${String(error)}`);
			}
		}
	}

	/** The profile of limits that share one; undefined while their condition does not hold. */
	#profileNow(station: ConnectedStation, limits: SetLimit[]): ChargingProfile | undefined {
		const [limit] = limits;
		if (isWatchedHere(station, limit) && !station.hasUnauthorizedSession(limit.target)) {
			return undefined;
		}
		const below = station.limits.below(limit)?.rate;
		return toChargingProfile(station, limits, below, station.chargingSince);
	}
}

/** Whether the central system has to watch the condition, because the station does not know it. */
const isWatchedHere = ({ conditions }: ConnectedStation, { condition }: SetLimit): boolean =>
	condition !== undefined && !conditions.includes(condition);

/** The central system knows who is authorized, but not what happens while the station is offline. */
const canWatch = ({ condition }: SetLimit): boolean => condition === 'whenSessionNotAuthorized';

/** Whether the profile of the limit changes with the station's transactions. */
const isTimedHere = (station: ConnectedStation, limit: SetLimit): boolean =>
	isWatchedHere(station, limit) || (limit.target.kind === 'station' && limit.delay !== undefined);

const KEPT_HERE: StatusInfo = {
	reasonCode: 'NoError',
	additionalInfo:
		'The station does not know the condition: the central system sends the limit whenever the condition holds',
};

function notWatched(
	{ asset }: ConnectedStation,
	{ condition }: SetLimit,
): Awaited<Response<'SetChargingProfile'>> {
	return {
		status: 'Rejected',
		statusInfo: {
			reasonCode: 'UnsupportedParam',
			additionalInfo: `${asset.stationId} does not know the condition ${condition}, and the central system cannot watch it`,
		},
	};
}

/** The API's profile as a station may see it: `condition` in customData, `meta` left out. */
export function toOcppProfile({ condition, ...profile }: ApiProfile): ChargingProfile {
	delete profile.meta;
	if (condition === undefined) return profile;
	return { ...profile, customData: { vendorId: VENDOR_ID, ...profile.customData, condition } };
}
