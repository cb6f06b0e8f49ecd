import type { StatusInfo } from '../ocpp/messages.mts';
import { KNOWN_CONDITIONS } from './conditions.mts';
import type { Evse } from './evse.mts';
import type { StationHandlers } from './link.mts';
import type { PowerControl } from './powerControl.mts';
import type { ProfileStore } from './profileStore.mts';

/** The parts of a station that requests of the CSMS need. */
export interface RequestedStation {
	readonly evses: readonly Evse[];
	evse(id: number | undefined): Evse | undefined;
	readonly profiles: ProfileStore;
	readonly power: PowerControl;
	/** The station's time, epoch ms. */
	now(): number;
	reset(type: 'Immediate' | 'OnIdle'): 'Accepted' | 'Scheduled';
}

/** How a station carries out requests of the CSMS, by OCPP action. What they change takes effect afterwards. */
export function requestHandlers(station: RequestedStation): StationHandlers {
	const running = (): Map<number, string> =>
		new Map(
			station.evses.flatMap(({ id, transaction }) =>
				transaction ? [[id, transaction.id] as const] : [],
			),
		);
	return {
		SetChargingProfile: ({ evseId, chargingProfile }) => {
			const refusal = station.profiles.set(evseId, chargingProfile, running());
			if (refusal) return rejected(refusal);
			return { status: 'Accepted' };
		},
		ClearChargingProfile: (criteria) => {
			const status = station.profiles.clear(criteria);
			return { status };
		},
		ChangeAvailability: ({ evse, operationalStatus }) => {
			const targets = station.evses.filter(({ id }) => evse === undefined || id === evse.id);
			if (targets.length === 0) return rejected(unknownEvse(evse?.id));
			const statuses = targets.map((target) => target.changeAvailability(operationalStatus));
			return { status: statuses.includes('Scheduled') ? 'Scheduled' : 'Accepted' };
		},
		Reset: ({ type, evseId }) =>
			evseId === undefined
				? { status: station.reset(type) }
				: rejected({
						reasonCode: 'UnsupportedRequest',
						additionalInfo: 'Only the whole station can be reset',
					}),
		RequestStartTransaction: ({ evseId, idToken, remoteStartId, chargingProfile }) => {
			const evse =
				evseId === undefined
					? station.evses.find(({ operational, transaction }) => operational && !transaction)
					: station.evse(evseId);
			if (!evse) return rejected(unknownEvse(evseId));
			const breach =
				chargingProfile &&
				(station.profiles.checkContent(chargingProfile, evse.id, 'start') ??
					station.profiles.refusalOfRoom(evse.id, chargingProfile));
			if (breach) return rejected(breach);
			const startedBefore = evse.transaction?.id;
			const refusal = evse.authorize({ idToken, remoteStartId }, 'RemoteStart');
			if (refusal) return rejected(refusal);
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
			const evse = station.evses.find(({ transaction }) => transaction?.id === transactionId);
			if (!evse) {
				return rejected({
					reasonCode: 'UnknownTxId',
					additionalInfo: `No transaction ${transactionId} is running`,
				});
			}
			evse.end('RemoteStop', 'Remote');
			return { status: 'Accepted' };
		},
		GetCompositeSchedule: ({ evseId, duration, chargingRateUnit }) => {
			if (evseId !== 0 && !station.evse(evseId)) return rejected(unknownEvse(evseId));
			const unit = chargingRateUnit ?? station.power.unit;
			if (!station.profiles.settings.rateUnits.includes(unit)) {
				return rejected({ reasonCode: 'UnsupportedRateUnit' });
			}
			const start = Math.floor(station.now() / 1000) * 1000;
			const periods = station.power.schedule(evseId, start, start + duration * 1000, unit);
			const [first, ...rest] = periods.map(({ startPeriod, limit, numberPhases }) => ({
				startPeriod,
				limit,
				...(numberPhases === undefined ? {} : { numberPhases }),
			}));
			return {
				status: 'Accepted',
				schedule: {
					evseId,
					duration,
					scheduleStart: new Date(start).toISOString(),
					chargingRateUnit: unit,
					chargingSchedulePeriod: [first, ...rest],
				},
			};
		},
		GetVariables: ({ getVariableData }) => {
			const { rateUnits, capacity } = station.profiles.settings;
			const values: Record<string, string> = {
				RateUnit: rateUnits.join(','),
				ProfileStackLevel: String(capacity.levels - 1),
				PeriodsPerSchedule: String(capacity.periods),
				// The vendor's own variable.
				ProfileConditions: KNOWN_CONDITIONS.join(','),
				// How many there are; the most is a characteristic, which only a base report has.
				Entries: String(station.profiles.all().length),
			};
			const results = getVariableData.map(({ component, variable }) => {
				if (component.name !== 'SmartChargingCtrlr') {
					return { attributeStatus: 'UnknownComponent' as const, component, variable };
				}
				const attributeValue = values[variable.name];
				return attributeValue === undefined
					? { attributeStatus: 'UnknownVariable' as const, component, variable }
					: { attributeStatus: 'Accepted' as const, attributeValue, component, variable };
			});
			return { getVariableResult: results };
		},
	};
}

function rejected(statusInfo: StatusInfo): { status: 'Rejected'; statusInfo: StatusInfo } {
	return { status: 'Rejected', statusInfo };
}

function unknownEvse(evseId: number | undefined): StatusInfo {
	return {
		reasonCode: 'UnknownEvse',
		additionalInfo: evseId === undefined ? 'No EVSE is free' : `There is no EVSE ${evseId}`,
	};
}
