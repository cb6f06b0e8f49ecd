import { toOcppProfile, type PowerLimitCommands } from '../../csms/commands.mts';
import type { Csms } from '../../csms/csms.mts';
import { VENDOR_ID } from '../../ocpp/messages.mts';
import type { ContractHandlers } from '../contract.mts';
import { connectorOf } from '../stationRegister.mts';
import { toResponse, toResponseFromStation } from './answers.mts';
import { requireOneDecimal } from './limits.mts';

export function connectorHandlers(
	csms: Csms,
	powerLimits: PowerLimitCommands,
): ContractHandlers<
	| 'setConnectorChargingProfile'
	| 'changeConnectorAvailability'
	| 'setConnectorPowerLimit'
	| 'clearConnectorPowerLimit'
> {
	return {
		setConnectorChargingProfile: async ({ params, body }) => {
			connectorOf(csms, params);
			return toResponse(
				await csms.call(params.stationId, 'SetChargingProfile', {
					evseId: params.evseId,
					chargingProfile: toOcppProfile(body.chargingProfile),
				}),
			);
		},
		changeConnectorAvailability: async ({ params, body: { type, disableTextReason } }) => {
			connectorOf(csms, params);
			return toResponseFromStation(
				await csms.call(params.stationId, 'ChangeAvailability', {
					evse: { id: params.evseId },
					operationalStatus: type,
					// OCPP has no field for it, so the text travels in customData.
					...(disableTextReason === undefined
						? {}
						: { customData: { vendorId: VENDOR_ID, disableTextReason } }),
				}),
			);
		},
		setConnectorPowerLimit: async ({ params, query, body: { limit } }) => {
			const station = connectorOf(csms, params);
			requireOneDecimal(limit);
			const target = { kind: 'connector', evseId: params.evseId } as const;
			return toResponse(await powerLimits.set(station, target, limit, query));
		},
		clearConnectorPowerLimit: async ({ params }) => {
			const target = { kind: 'connector', evseId: params.evseId } as const;
			return toResponse(await powerLimits.clear(connectorOf(csms, params), target));
		},
	};
}
