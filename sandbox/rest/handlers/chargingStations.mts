import { toOcppProfile, type PowerLimitCommands } from '../../csms/commands.mts';
import type { Csms } from '../../csms/csms.mts';
import type { ConnectedStation } from '../../csms/connectedStation.mts';
import type { ContractHandlers, Schema } from '../contract.mts';
import { stationOf } from '../stationRegister.mts';
import { toResponse, toResponseFromStation } from './answers.mts';
import { checkDecimals } from './limits.mts';

export function chargingStationHandlers(
	csms: Csms,
	powerLimits: PowerLimitCommands,
): ContractHandlers<
	| 'setStationChargingProfile'
	| 'clearStationChargingProfile'
	| 'restartStation'
	| 'setStationPowerLimit'
	| 'clearStationPowerLimit'
> {
	return {
		setStationChargingProfile: async ({ params: { stationId }, body }) => {
			stationOf(csms, stationId);
			return toResponse(
				await csms.call(stationId, 'SetChargingProfile', {
					evseId: 0,
					chargingProfile: toOcppProfile(body.chargingProfile),
				}),
			);
		},
		clearStationChargingProfile: async ({ params: { stationId }, body }) => {
			const station = stationOf(csms, stationId);
			const request = toOcppClear(station, body);
			const answer = await csms.call(stationId, 'ClearChargingProfile', request);
			if (answer.status === 'Accepted') station.forgetCleared(request);
			return toResponse(answer);
		},
		restartStation: async ({ params: { stationId }, body: { type } }) => {
			stationOf(csms, stationId);
			return toResponseFromStation(await csms.call(stationId, 'Reset', { type }));
		},
		setStationPowerLimit: async ({ params: { stationId }, query, body: { limit } }) => {
			const station = stationOf(csms, stationId);
			checkDecimals(limit);
			return toResponse(await powerLimits.set(station, { kind: 'station' }, limit, query));
		},
		clearStationPowerLimit: async ({ params: { stationId } }) =>
			toResponse(await powerLimits.clear(stationOf(csms, stationId), { kind: 'station' })),
	};
}

/** The API's criterion names a connector by its number, OCPP's by the number of its EVSE. */
function toOcppClear(
	{ asset }: ConnectedStation,
	{ chargingProfileCriteria, ...body }: Schema<'ClearChargingProfileRequest'>,
): Schema<'ClearChargingProfileRequest'> {
	if (chargingProfileCriteria === undefined) return body;
	const { evseId, ...criteria } = chargingProfileCriteria;
	const evse = asset.evses.find(({ connectorId }) => connectorId === String(evseId));
	return {
		...body,
		chargingProfileCriteria: {
			...criteria,
			...(evseId !== undefined && { evseId: evse?.evseId ?? evseId }),
		},
	};
}
