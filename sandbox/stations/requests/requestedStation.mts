import type { StationAsset } from '../../fleet.mts';
import type { StatusInfo } from '../../ocpp/messages.mts';
import type { Evse } from '../evse.mts';
import type { Link } from '../link.mts';
import type { PowerControl } from '../powerControl.mts';
import type { ProfileStore } from '../profileStore.mts';
import type { StationSettings } from '../settings.mts';
import type { Timing } from '../timing.mts';

/** The parts of a station that requests of the CSMS need. */
export interface RequestedStation {
	readonly asset: StationAsset;
	readonly evses: readonly Evse[];
	evse(id: number | undefined): Evse | undefined;
	readonly profiles: ProfileStore;
	readonly power: PowerControl;
	readonly link: Link;
	readonly settings: StationSettings;
	readonly timing: Timing;
	/** The station's time, epoch ms. */
	now(): number;
	/** Does something now; what it changes takes effect. */
	act<T>(action: () => T): T;
	/** Tells the CSMS the status of an EVSE's connector. */
	reportStatus(evse: Evse): void;
	reset(type: 'Immediate' | 'OnIdle'): 'Accepted' | 'Scheduled';
}

/** Runs after the answer to the request that is being carried out has been sent. */
export function afterwards(action: () => void): void {
	setImmediate(action);
}

/** The answer Rejected, with its reason. */
export function rejected(
	reasonCode: string,
	additionalInfo?: string,
): { status: 'Rejected'; statusInfo: StatusInfo } {
	return { status: 'Rejected', statusInfo: { reasonCode, additionalInfo } };
}

/** @param evseId undefined: any that is free */
export function unknownEvse(evseId: number | undefined) {
	return rejected(
		'UnknownEvse',
		evseId === undefined ? 'No EVSE is free' : `There is no EVSE ${evseId}`,
	);
}
