import type { PowerLimitation } from '../ocpp/messages.mts';
import type { PowerChange } from '../stations/powerLog.mts';
import type { ScriptedAnswer } from '../stations/scriptedAnswers.mts';
import type { Evse } from '../stations/evse.mts';
import type { Station } from '../stations/station.mts';

/** What the page shows of a station in its tile. */
export interface StationDetails {
	stationId: string;
	/** The station's time, epoch ms. */
	time: number;
	/** What limits the station; null if no profile does. */
	limitedBy: LimitSource | null;
	/** How it answers: to all commands, or to one action. */
	answers: Array<Pick<ScriptedAnswer, 'action' | 'behaviour'>>;
	connectors: ConnectorDetails[];
	/** Changes of power and limit: all that are kept, or those after the last update. */
	changes: readonly PowerChange[];
	/** Whether `changes` are all that are kept. */
	isComplete: boolean;
}

/** The charging profile that limits. */
export interface LimitSource {
	purpose: string;
	profileId: number;
	stackLevel: number;
	/** What it was set for: 0 is the station. */
	evseId: number;
	/** Whether a power limit of the API made it, as far as the central system knows. */
	isPowerLimit: boolean;
	/** When its limit changes or ends at the earliest, epoch ms; null if never. */
	until: number | null;
}

export interface ConnectorDetails {
	evseId: number;
	name: string;
	status: string;
	/** Whether a car is plugged in. */
	cable: boolean;
	/** Whether a card, or a command, has authorized its transaction. */
	authorized: boolean;
	powerW: number;
	/** What the connector may draw, W. */
	limitW: number;
	/** What limits the connector; null if no profile does. */
	limitedBy: LimitSource | null;
	/** Why its car does not get more power; null if energy may not flow. */
	powerLimitation: PowerLimitation | null;
	/** State of charge, %; null without a car. */
	soc: number | null;
	/** What the meter has counted, kWh. */
	energyKwh: number;
}

/** Whether a power limit of the API made a profile of a station. */
export type IsPowerLimit = (stationId: string, profileId: number) => boolean;

/** What a page has been told of a station's changes of power and limit. */
export interface KnownChanges {
	restarts: number;
	count: number;
}

export function detailsOf(
	station: Station,
	isPowerLimit: IsPowerLimit,
	known: KnownChanges | undefined,
): StationDetails {
	station.catchUp();
	const { asset, evses, link, powerLog } = station;
	const isComplete = known?.restarts !== powerLog.restarts;
	return {
		stationId: asset.stationId,
		time: station.now(),
		limitedBy: sourceOf(station, 0, isPowerLimit),
		answers: link.script.all().map(({ action, behaviour }) => ({ action, behaviour })),
		connectors: evses.map((evse) => connectorOf(station, evse, isPowerLimit)),
		changes: powerLog.after(isComplete ? 0 : known.count),
		isComplete,
	};
}

function connectorOf(station: Station, evse: Evse, isPowerLimit: IsPowerLimit): ConnectorDetails {
	const { power } = station;
	const limitW = power.inWatts(power.limitAt(evse.id, station.now()));
	return {
		evseId: evse.id,
		name: evse.asset.name,
		status: evse.status,
		cable: evse.car !== undefined,
		authorized: evse.transaction?.authorization !== undefined,
		powerW: evse.flow.powerW,
		limitW: Math.min(limitW, evse.asset.maxPowerW),
		limitedBy: sourceOf(station, evse.id, isPowerLimit),
		powerLimitation: evse.powerLimitation ?? null,
		soc: evse.car?.soc ?? null,
		energyKwh: evse.energyWh / 1000,
	};
}

function sourceOf(
	station: Station,
	evseId: number,
	isPowerLimit: IsPowerLimit,
): LimitSource | null {
	const limited = station.power.limitedBy(evseId, station.now());
	if (!limited) return null;
	const { profile, evseId: target } = limited.installed;
	return {
		purpose: profile.chargingProfilePurpose,
		profileId: profile.id,
		stackLevel: profile.stackLevel,
		evseId: target,
		isPowerLimit: isPowerLimit(station.asset.stationId, profile.id),
		until: Number.isFinite(limited.until) ? limited.until : null,
	};
}
