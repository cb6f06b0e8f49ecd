import type { OCPP20 } from 'typed-ocpp';
import type { ChargingProfile } from '../../nodes/shared/charging/profile/profile.ts';

/** The only WebSocket subprotocol that both sides speak. */
export const OCPP_PROTOCOL = 'ocpp2.0.1';

/** Marks customData that belongs to this cloud and its stations. */
export const VENDOR_ID = 'ChargeEye';

type WithProfile<Request> = Omit<Request, 'chargingProfile'>;

/** Requests of the CSMS to a charging station: the payloads of OCPP 2.0.1 by action. */
export interface StationMessages {
	SetChargingProfile: {
		request: WithProfile<OCPP20.SetChargingProfileRequest> & { chargingProfile: ChargingProfile };
		response: OCPP20.SetChargingProfileResponse;
	};
	ClearChargingProfile: {
		request: OCPP20.ClearChargingProfileRequest;
		response: OCPP20.ClearChargingProfileResponse;
	};
	ChangeAvailability: {
		request: OCPP20.ChangeAvailabilityRequest;
		response: OCPP20.ChangeAvailabilityResponse;
	};
	Reset: { request: OCPP20.ResetRequest; response: OCPP20.ResetResponse };
	RequestStartTransaction: {
		request: WithProfile<OCPP20.RequestStartTransactionRequest> & {
			chargingProfile?: ChargingProfile;
		};
		response: OCPP20.RequestStartTransactionResponse;
	};
	RequestStopTransaction: {
		request: OCPP20.RequestStopTransactionRequest;
		response: OCPP20.RequestStopTransactionResponse;
	};
	GetCompositeSchedule: {
		request: OCPP20.GetCompositeScheduleRequest;
		response: OCPP20.GetCompositeScheduleResponse;
	};
	GetVariables: { request: OCPP20.GetVariablesRequest; response: OCPP20.GetVariablesResponse };
}

/** Requests and reports of a charging station to the CSMS. */
export interface CsmsMessages {
	BootNotification: {
		request: OCPP20.BootNotificationRequest;
		response: OCPP20.BootNotificationResponse;
	};
	Heartbeat: { request: OCPP20.HeartbeatRequest; response: OCPP20.HeartbeatResponse };
	StatusNotification: {
		request: OCPP20.StatusNotificationRequest;
		response: OCPP20.StatusNotificationResponse;
	};
	Authorize: { request: OCPP20.AuthorizeRequest; response: OCPP20.AuthorizeResponse };
	TransactionEvent: {
		request: OCPP20.TransactionEventRequest;
		response: OCPP20.TransactionEventResponse;
	};
}

export type StatusInfo = NonNullable<OCPP20.SetChargingProfileResponse['statusInfo']>;
export type TransactionEvent = OCPP20.TransactionEventRequest;
export type TriggerReason = TransactionEvent['triggerReason'];
export type ChargingState = NonNullable<TransactionEvent['transactionInfo']['chargingState']>;
export type StoppedReason = NonNullable<TransactionEvent['transactionInfo']['stoppedReason']>;
export type IdToken = NonNullable<TransactionEvent['idToken']>;
export type ConnectorStatus = OCPP20.StatusNotificationRequest['connectorStatus'];
export type BootReason = OCPP20.BootNotificationRequest['reason'];
