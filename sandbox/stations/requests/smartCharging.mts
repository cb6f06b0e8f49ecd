import type { StationHandlers } from '../link.mts';
import { afterwards, rejected, unknownEvse, type RequestedStation } from './requestedStation.mts';

/** The block Smart Charging (K). */
export function smartCharging(
	station: RequestedStation,
): Pick<
	StationHandlers,
	'SetChargingProfile' | 'ClearChargingProfile' | 'GetChargingProfiles' | 'GetCompositeSchedule'
> {
	const running = (): Map<number, string> =>
		new Map(
			station.evses.flatMap(({ id, transaction }) =>
				transaction ? [[id, transaction.id] as const] : [],
			),
		);
	return {
		SetChargingProfile: ({ evseId, chargingProfile }) => {
			const refusal = station.profiles.set(evseId, chargingProfile, running());
			return refusal ? { status: 'Rejected', statusInfo: refusal } : { status: 'Accepted' };
		},
		ClearChargingProfile: (criteria) => ({ status: station.profiles.clear(criteria) }),
		// K09: one report for each EVSE. Every profile came from the CSMS.
		GetChargingProfiles: ({ requestId, evseId, chargingProfile: criteria }) => {
			const { chargingLimitSource } = criteria;
			const found =
				chargingLimitSource?.includes('CSO') === false
					? []
					: station.profiles.matching({ ...criteria, evseId });
			if (found.length === 0) return { status: 'NoProfiles' };
			const evseIds = [...new Set(found.map((held) => held.evseId))].sort((a, b) => a - b);
			afterwards(() => {
				evseIds.forEach((reported, index) => {
					void station.link.send('ReportChargingProfiles', {
						requestId,
						chargingLimitSource: 'CSO',
						evseId: reported,
						chargingProfile: found
							.filter((held) => held.evseId === reported)
							.map(({ profile }) => profile),
						tbc: index < evseIds.length - 1,
					});
				});
			});
			return { status: 'Accepted' };
		},
		GetCompositeSchedule: ({ evseId, duration, chargingRateUnit }) => {
			if (evseId !== 0 && !station.evse(evseId)) return unknownEvse(evseId);
			const unit = chargingRateUnit ?? station.power.unit;
			if (!station.profiles.settings.rateUnits.includes(unit)) {
				return rejected('UnsupportedRateUnit');
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
	};
}
