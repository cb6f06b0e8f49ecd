import type { StationMessages } from '../../ocpp/messages.mts';
import { CONNECTOR_ID } from './remoteControl.mts';
import { afterwards, rejected, unknownEvse, type RequestedStation } from './requestedStation.mts';

type TriggerMessage = StationMessages['TriggerMessage'];

/** TriggerMessage (F06): the answer first, then the message, for one EVSE or for all. */
export function triggerMessage(
	station: RequestedStation,
	{ requestedMessage, evse: asked }: TriggerMessage['request'],
): TriggerMessage['response'] {
	const evses = station.evses.filter(({ id }) => asked === undefined || id === asked.id);
	if (evses.length === 0) return unknownEvse(asked?.id);
	switch (requestedMessage) {
		case 'BootNotification':
			if (station.link.online) {
				return rejected('NotEnabled', 'The CSMS has accepted the boot (F06.FR.17)');
			}
			afterwards(() => station.link.bootAgain());
			break;
		case 'Heartbeat':
			afterwards(() => void station.link.sendHeartbeat());
			break;
		case 'StatusNotification':
			if (asked?.connectorId === undefined) {
				return rejected('MissingParam', 'A connectorId is needed (F06.FR.12)');
			}
			if (asked.connectorId !== CONNECTOR_ID) {
				return rejected('UnknownConnectorId', `There is no connector ${asked.connectorId}`);
			}
			afterwards(() => station.reportStatus(evses[0]));
			break;
		case 'MeterValues':
			afterwards(() =>
				station.act(() => {
					for (const evse of evses) {
						const meterValue = evse.meterValues('Trigger');
						void station.link.send('MeterValues', { evseId: evse.id, meterValue });
					}
				}),
			);
			break;
		case 'TransactionEvent': {
			const busy = evses.filter(({ transaction }) => transaction !== undefined);
			if (busy.length === 0) return rejected('TxNotFound', 'No transaction is running');
			afterwards(() => station.act(() => busy.forEach((evse) => evse.reportTransaction())));
			break;
		}
		case 'FirmwareStatusNotification':
		case 'LogStatusNotification':
		case 'PublishFirmwareStatusNotification':
		case 'SignChargingStationCertificate':
		case 'SignCombinedCertificate':
		case 'SignV2GCertificate':
			return { status: 'NotImplemented' };
	}
	return { status: 'Accepted' };
}
