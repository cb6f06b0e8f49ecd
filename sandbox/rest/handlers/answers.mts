import type { StatusInfo } from '../../ocpp/messages.mts';
import type { Schema } from '../contract.mts';

/** A station's own answer, as OCPP gives it. */
interface StationAnswer<Status> {
	status: Status;
	statusInfo?: StatusInfo;
}

/** The answer to a set or clear command. */
export function toResponse<Status>({ status, statusInfo }: StationAnswer<Status>) {
	return { response: status, ...withStatusInfo(statusInfo) };
}

/** The answer to an availability or restart command. */
export function toResponseFromStation<Status>({ status, statusInfo }: StationAnswer<Status>) {
	return { responseFromStation: status, ...withStatusInfo(statusInfo) };
}

/** The answer to a start or stop command. */
export function toRequestStatus<Status>({ status, statusInfo }: StationAnswer<Status>) {
	return { status, ...withStatusInfo(statusInfo) };
}

function withStatusInfo(statusInfo: StatusInfo | undefined): { statusInfo?: Schema<'StatusInfo'> } {
	return statusInfo === undefined ? {} : { statusInfo };
}
