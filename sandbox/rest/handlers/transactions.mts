import { randomUUID } from 'node:crypto';
import { toOcppProfile, type PowerLimitCommands } from '../../csms/commands.mts';
import type { Csms } from '../../csms/csms.mts';
import type { IdToken } from '../../ocpp/messages.mts';
import type { ContractHandlers, Schema } from '../contract.mts';
import { connectorOf, transactionOf } from '../stationRegister.mts';
import { toRequestStatus, toResponse } from './answers.mts';
import { checkDecimals } from './limits.mts';

export function transactionHandlers(
	csms: Csms,
	powerLimits: PowerLimitCommands,
): ContractHandlers<
	'startTransaction' | 'stopTransaction' | 'setTransactionPowerLimit' | 'clearTransactionPowerLimit'
> {
	let lastRemoteStartId = 0;
	const limitTarget = (txId: string) => {
		const { record, station } = transactionOf(csms, txId);
		return { station, target: { kind: 'transaction', evseId: record.evseId, txId } as const };
	};
	return {
		startTransaction: async ({ params, body }) => {
			const { evseId } = connectorOf(csms, params);
			const remoteStartId = ++lastRemoteStartId;
			csms.transactions.expectStart(remoteStartId, body.authorizationReference);
			return {
				transactionStartResponse: toRequestStatus(
					await csms.call(params.stationId, 'RequestStartTransaction', {
						evseId,
						remoteStartId,
						idToken: toOcppIdToken(body),
						...(body.chargingProfile === undefined
							? {}
							: { chargingProfile: toOcppProfile(body.chargingProfile) }),
					}),
				),
			};
		},
		stopTransaction: async ({ params: { txId } }) => {
			const { station } = transactionOf(csms, txId);
			return {
				transactionStopResponse: toRequestStatus(
					await csms.call(station.asset.stationId, 'RequestStopTransaction', {
						transactionId: txId,
					}),
				),
			};
		},
		setTransactionPowerLimit: async ({ params: { txId }, query, body: { limit } }) => {
			const { station, target } = limitTarget(txId);
			checkDecimals(limit);
			return toResponse(await powerLimits.set(station, target, limit, query));
		},
		clearTransactionPowerLimit: async ({ params: { txId } }) => {
			const { station, target } = limitTarget(txId);
			return toResponse(await powerLimits.clear(station, target));
		},
	};
}

/** An RFID token has the type ISO14443, every other token Central. If the caller gives no token, the cloud makes one up. */
function toOcppIdToken({ idToken, idTokenType }: Schema<'StartTransactionRequest'>): IdToken {
	return {
		idToken: idToken ?? randomUUID(),
		type: idTokenType === 'RFID' ? 'ISO14443' : 'Central',
	};
}
