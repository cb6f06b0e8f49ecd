import { toOcppProfile, type PowerLimitCommands } from '../../csms/commands.mts';
import type { Csms } from '../../csms/csms.mts';
import type { ContractHandlers } from '../contract.mts';
import { stationOf } from '../stationRegister.mts';
import { toResponse, toResponseFromStation } from './answers.mts';
import { requireOneDecimal } from './limits.mts';

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
			stationOf(csms, stationId);
			return toResponse(await csms.call(stationId, 'ClearChargingProfile', body));
		},
		restartStation: async ({ params: { stationId }, body: { type } }) => {
			stationOf(csms, stationId);
			return toResponseFromStation(await csms.call(stationId, 'Reset', { type }));
		},
		setStationPowerLimit: async ({ params: { stationId }, query, body: { limit } }) => {
			const station = stationOf(csms, stationId);
			requireOneDecimal(limit);
			return toResponse(await powerLimits.set(station, { kind: 'station' }, limit, query));
		},
		clearStationPowerLimit: async ({ params: { stationId } }) =>
			toResponse(await powerLimits.clear(stationOf(csms, stationId), { kind: 'station' })),
	};
}
