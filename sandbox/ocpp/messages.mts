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
	SetVariables: { request: OCPP20.SetVariablesRequest; response: OCPP20.SetVariablesResponse };
	GetBaseReport: { request: OCPP20.GetBaseReportRequest; response: OCPP20.GetBaseReportResponse };
	GetChargingProfiles: {
		request: OCPP20.GetChargingProfilesRequest;
		response: OCPP20.GetChargingProfilesResponse;
	};
	TriggerMessage: {
		request: OCPP20.TriggerMessageRequest;
		response: OCPP20.TriggerMessageResponse;
	};
	UnlockConnector: {
		request: OCPP20.UnlockConnectorRequest;
		response: OCPP20.UnlockConnectorResponse;
	};
	GetTransactionStatus: {
		request: OCPP20.GetTransactionStatusRequest;
		response: OCPP20.GetTransactionStatusResponse;
	};
	ClearCache: { request: OCPP20.ClearCacheRequest; response: OCPP20.ClearCacheResponse };
	GetLocalListVersion: {
		request: OCPP20.GetLocalListVersionRequest;
		response: OCPP20.GetLocalListVersionResponse;
	};
}

/** Requests and reports of a charging station to the CSMS: every one that OCPP 2.0.1 has. */
export interface CsmsMessages {
	Authorize: { request: OCPP20.AuthorizeRequest; response: OCPP20.AuthorizeResponse };
	BootNotification: {
		request: OCPP20.BootNotificationRequest;
		response: OCPP20.BootNotificationResponse;
	};
	ClearedChargingLimit: {
		request: OCPP20.ClearedChargingLimitRequest;
		response: OCPP20.ClearedChargingLimitResponse;
	};
	DataTransfer: { request: OCPP20.DataTransferRequest; response: OCPP20.DataTransferResponse };
	FirmwareStatusNotification: {
		request: OCPP20.FirmwareStatusNotificationRequest;
		response: OCPP20.FirmwareStatusNotificationResponse;
	};
	Get15118EVCertificate: {
		request: OCPP20.Get15118EVCertificateRequest;
		response: OCPP20.Get15118EVCertificateResponse;
	};
	GetCertificateStatus: {
		request: OCPP20.GetCertificateStatusRequest;
		response: OCPP20.GetCertificateStatusResponse;
	};
	Heartbeat: { request: OCPP20.HeartbeatRequest; response: OCPP20.HeartbeatResponse };
	LogStatusNotification: {
		request: OCPP20.LogStatusNotificationRequest;
		response: OCPP20.LogStatusNotificationResponse;
	};
	MeterValues: { request: OCPP20.MeterValuesRequest; response: OCPP20.MeterValuesResponse };
	NotifyChargingLimit: {
		request: OCPP20.NotifyChargingLimitRequest;
		response: OCPP20.NotifyChargingLimitResponse;
	};
	NotifyCustomerInformation: {
		request: OCPP20.NotifyCustomerInformationRequest;
		response: OCPP20.NotifyCustomerInformationResponse;
	};
	NotifyDisplayMessages: {
		request: OCPP20.NotifyDisplayMessagesRequest;
		response: OCPP20.NotifyDisplayMessagesResponse;
	};
	NotifyEVChargingNeeds: {
		request: OCPP20.NotifyEVChargingNeedsRequest;
		response: OCPP20.NotifyEVChargingNeedsResponse;
	};
	NotifyEVChargingSchedule: {
		request: OCPP20.NotifyEVChargingScheduleRequest;
		response: OCPP20.NotifyEVChargingScheduleResponse;
	};
	NotifyEvent: { request: OCPP20.NotifyEventRequest; response: OCPP20.NotifyEventResponse };
	NotifyMonitoringReport: {
		request: OCPP20.NotifyMonitoringReportRequest;
		response: OCPP20.NotifyMonitoringReportResponse;
	};
	NotifyReport: { request: OCPP20.NotifyReportRequest; response: OCPP20.NotifyReportResponse };
	PublishFirmwareStatusNotification: {
		request: OCPP20.PublishFirmwareStatusNotificationRequest;
		response: OCPP20.PublishFirmwareStatusNotificationResponse;
	};
	ReportChargingProfiles: {
		request: WithProfile<OCPP20.ReportChargingProfilesRequest> & {
			chargingProfile: ChargingProfile[];
		};
		response: OCPP20.ReportChargingProfilesResponse;
	};
	ReservationStatusUpdate: {
		request: OCPP20.ReservationStatusUpdateRequest;
		response: OCPP20.ReservationStatusUpdateResponse;
	};
	SecurityEventNotification: {
		request: OCPP20.SecurityEventNotificationRequest;
		response: OCPP20.SecurityEventNotificationResponse;
	};
	SignCertificate: {
		request: OCPP20.SignCertificateRequest;
		response: OCPP20.SignCertificateResponse;
	};
	StatusNotification: {
		request: OCPP20.StatusNotificationRequest;
		response: OCPP20.StatusNotificationResponse;
	};
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
export type AuthorizationStatus = OCPP20.AuthorizeResponse['idTokenInfo']['status'];

/** By what the power of a transaction is limited, in the API's words. */
export type PowerLimitation = 'Charger' | 'Grid' | 'Queue' | 'Shared' | 'Vehicle';

/** What this vendor's stations say in the customData of a TransactionEvent, because OCPP has no field for it. */
export interface TransactionExtension {
	vendorId: typeof VENDOR_ID;
	/** A state that no chargingState tells. */
	status?: 'Alarm' | 'InsulationTest';
	powerLimitation?: PowerLimitation;
}
