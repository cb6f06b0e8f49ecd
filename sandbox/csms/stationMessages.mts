import { VENDOR_ID, type CsmsMessages } from '../ocpp/messages.mts';
import type { SimulatedClock } from '../clock.mts';
import type { Cards } from './cards.mts';
import type { ConnectedStation } from './connectedStation.mts';

/** How the central system answers each message of a station. */
export type MessageHandlers = {
	[Action in keyof CsmsMessages]: (
		request: CsmsMessages[Action]['request'],
	) => CsmsMessages[Action]['response'];
};

const HEARTBEAT_INTERVAL_S = 300;

const acknowledge = (): Record<string, never> => ({});

/**
 * What the central system answers a station, for every message that OCPP 2.0.1 lets a station send. It has no certificates
 * and no charging plans for ISO 15118, and says so with the status that OCPP provides for it.
 */
export function messageHandlers(
	station: ConnectedStation,
	{ cards, clock }: { cards: Cards; clock: SimulatedClock },
): MessageHandlers {
	return {
		BootNotification: () => ({
			status: 'Accepted',
			currentTime: clock.timestamp(),
			interval: HEARTBEAT_INTERVAL_S,
		}),
		Heartbeat: () => ({ currentTime: clock.timestamp() }),
		StatusNotification: (request) => station.onStatus(request),
		Authorize: ({ idToken }) => ({ idTokenInfo: { status: cards.statusOf(idToken) } }),
		TransactionEvent: (event) => {
			const status = event.idToken && cards.statusOf(event.idToken);
			station.onTransactionEvent(event, status);
			return status === undefined ? {} : { idTokenInfo: { status } };
		},
		MeterValues: (request) => station.onMeterValues(request),
		// P02: the vendor's data is known only if it is this cloud's own, of which there are no messages.
		DataTransfer: ({ vendorId }) => ({
			status: vendorId === VENDOR_ID ? 'UnknownMessageId' : 'UnknownVendorId',
		}),
		NotifyEVChargingNeeds: () => ({ status: 'Rejected' }),
		NotifyEVChargingSchedule: () => ({ status: 'Accepted' }),
		SignCertificate: () => ({ status: 'Rejected' }),
		Get15118EVCertificate: () => ({ status: 'Failed', exiResponse: '' }),
		GetCertificateStatus: () => ({ status: 'Failed' }),
		ClearedChargingLimit: acknowledge,
		FirmwareStatusNotification: acknowledge,
		LogStatusNotification: acknowledge,
		NotifyChargingLimit: acknowledge,
		NotifyCustomerInformation: acknowledge,
		NotifyDisplayMessages: acknowledge,
		NotifyEvent: acknowledge,
		NotifyMonitoringReport: acknowledge,
		NotifyReport: acknowledge,
		PublishFirmwareStatusNotification: acknowledge,
		ReportChargingProfiles: acknowledge,
		ReservationStatusUpdate: acknowledge,
		SecurityEventNotification: acknowledge,
	};
}
