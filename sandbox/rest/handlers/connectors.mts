import { toOcppProfile, type PowerLimitCommands } from '../../csms/commands.mts';
import type { Csms } from '../../csms/csms.mts';
import { VENDOR_ID } from '../../ocpp/messages.mts';
import type { ContractHandlers } from '../contract.mts';
import { connectorOf } from '../stationRegister.mts';
import { toResponse, toResponseFromStation } from './answers.mts';
import { checkDecimals } from './limits.mts';

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
			const { evseId } = connectorOf(csms, params);
			return toResponse(
				await csms.call(params.stationId, 'SetChargingProfile', {
					evseId,
					chargingProfile: toOcppProfile(body.chargingProfile),
				}),
			);
		},
		changeConnectorAvailability: async ({ params, body: { type, disableTextReason } }) => {
			const { evseId } = connectorOf(csms, params);
			return toResponseFromStation(
				await csms.call(params.stationId, 'ChangeAvailability', {
					evse: { id: evseId },
					operationalStatus: type,
					// OCPP has no field for it, so the text travels in customData.
					...(disableTextReason === undefined
						? {}
						: { customData: { vendorId: VENDOR_ID, disableTextReason } }),
				}),
			);
		},
		setConnectorPowerLimit: async ({ params, query, body: { limit } }) => {
			const { station, evseId } = connectorOf(csms, params);
			checkDecimals(limit);
			return toResponse(
				await powerLimits.set(station, { kind: 'connector', evseId }, limit, query),
			);
		},
		clearConnectorPowerLimit: async ({ params }) => {
			const { station, evseId } = connectorOf(csms, params);
			return toResponse(await powerLimits.clear(station, { kind: 'connector', evseId }));
		},
	};
}
