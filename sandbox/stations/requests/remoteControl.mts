import type { StationHandlers } from '../link.mts';
import { rejected, unknownEvse, type RequestedStation } from './requestedStation.mts';

/** The only connector of each EVSE. */
export const CONNECTOR_ID = 1;

/** The blocks Remote Control (F) and GetTransactionStatus (E14). */
export function remoteControl(
	station: RequestedStation,
): Pick<
	StationHandlers,
	'RequestStartTransaction' | 'RequestStopTransaction' | 'UnlockConnector' | 'GetTransactionStatus'
> {
	const running = (transactionId: string) =>
		station.evses.find(({ transaction }) => transaction?.id === transactionId);
	return {
		RequestStartTransaction: ({ evseId, idToken, remoteStartId, chargingProfile }) => {
			const evse =
				evseId === undefined
					? station.evses.find(({ operational, transaction }) => operational && !transaction)
					: station.evse(evseId);
			if (!evse) return unknownEvse(evseId);
			const breach =
				chargingProfile &&
				(station.profiles.checkContent(chargingProfile, evse.id, 'start') ??
					station.profiles.refusalOfRoom(evse.id, chargingProfile));
			if (breach) return { status: 'Rejected', statusInfo: breach };
			const startedBefore = evse.transaction?.id;
			const refusal = evse.authorize({ idToken, remoteStartId }, 'RemoteStart');
			if (refusal) return { status: 'Rejected', statusInfo: refusal };
			if (chargingProfile && evse.transaction) {
				// F01.FR.09: from now on the profile belongs to the started transaction.
				station.profiles.install(evse.id, {
					...chargingProfile,
					transactionId: evse.transaction.id,
				});
			}
			return startedBefore === undefined
				? { status: 'Accepted' }
				: { status: 'Accepted', transactionId: startedBefore };
		},
		RequestStopTransaction: ({ transactionId }) => {
			const evse = running(transactionId);
			if (!evse) return rejected('UnknownTxId', `No transaction ${transactionId} is running`);
			evse.end('RemoteStop', 'Remote');
			return { status: 'Accepted' };
		},
		// F05: the lock always works, and the driver pulls the cable.
		UnlockConnector: ({ evseId, connectorId }) => {
			const evse = station.evse(evseId);
			if (!evse || connectorId !== CONNECTOR_ID) return { status: 'UnknownConnector' };
			const authorized = evse.transaction?.authorization !== undefined;
			return { status: authorized ? 'OngoingAuthorizedTransaction' : 'Unlocked' };
		},
		GetTransactionStatus: ({ transactionId }) => {
			const { outbox } = station.link;
			return transactionId === undefined
				? { messagesInQueue: outbox.size > 0 }
				: {
						ongoingIndicator: running(transactionId) !== undefined,
						messagesInQueue: outbox.has(transactionId),
					};
		},
	};
}
