import type { components } from '../../nodes/shared/chargeye/types.ts';
import type { ChargingProfile, RateUnit } from '../../nodes/shared/charging/profile/profile.ts';
import { NOMINAL_VOLTAGE, type StationAsset } from '../fleet.mts';
import { VENDOR_ID } from '../ocpp/messages.mts';
import type { LimitOptions, LimitTarget, RateLimit, SetLimit } from './setLimits.mts';

export interface StationCapabilities {
	asset: StationAsset;
	rateUnits: readonly RateUnit[];
	/** The vendor's conditions that the station itself watches. */
	conditions: readonly string[];
}

/**
 * The lowest of the given values, in a unit of the station: on an AC station A per phase or W over
 * all phases (converted with 230 V and its phases), on a DC station W on the vehicle's side (converted
 * with acDcPowerRatio). Rounded down to the one decimal that OCPP allows.
 */
export function toRateLimit(
	{ asset, rateUnits }: Omit<StationCapabilities, 'conditions'>,
	limit: components['schemas']['PowerLimit'],
): RateLimit {
	const fromGrid = asset.currentType === 'DC' ? asset.acDcPowerRatio : 1;
	const fromVehicle = asset.currentType === 'DC' ? 1 : 1 / asset.acDcPowerRatio;
	const candidates: { unit: RateUnit; watts: number }[] = [];
	if (limit.acMaxPowerA !== undefined) {
		candidates.push({ unit: 'A', watts: limit.acMaxPowerA * wattsPerAmpere(asset) * fromGrid });
	}
	if (limit.acMaxPowerKw !== undefined) {
		candidates.push({ unit: 'W', watts: limit.acMaxPowerKw * 1000 * fromGrid });
	}
	if (limit.dcMaxPowerKw !== undefined) {
		candidates.push({ unit: 'W', watts: limit.dcMaxPowerKw * 1000 * fromVehicle });
	}
	const tightest = candidates.reduce((a, b) => (b.watts < a.watts ? b : a));
	const unit = rateUnits.includes(tightest.unit) ? tightest.unit : (rateUnits[0] ?? 'W');
	return { unit, limit: inUnit({ unit: 'W', limit: tightest.watts }, unit, asset) };
}

/**
 * The OCPP charging profile of the power limits that share a profile: those of one target, stack level and condition, with
 * different delays. After each delay the lowest limit so far applies.
 *
 * @param below the limit that applies without these, where they leave a gap that OCPP does not allow (K01.FR.31)
 * @param chargingSince when the station's running sessions began to charge, epoch ms
 */
export function toChargingProfile(
	{ asset, conditions }: Omit<StationCapabilities, 'rateUnits'>,
	limits: readonly SetLimit[],
	below: RateLimit | undefined,
	chargingSince: number | undefined,
): ChargingProfile {
	const [{ target, profileId, stackLevel, condition }] = limits;
	const units = new Set(limits.map(({ rate }) => rate.unit));
	const unit = units.size === 1 ? limits[0].rate.unit : 'W';
	const delays = [...new Set(limits.map(({ delay }) => delay ?? 0))].sort((a, b) => a - b);
	const steps = delays.map((delay) => ({
		startPeriod: delay,
		limit: Math.min(
			...limits
				.filter((limit) => (limit.delay ?? 0) <= delay)
				.map(({ rate }) => inUnit(rate, unit, asset)),
		),
	}));
	const isDelayed = limits.some(({ delay }) => delay !== undefined);
	const setAt = Math.max(...limits.map((limit) => limit.setAt));
	const common = {
		id: profileId,
		stackLevel,
		// OCPP schemas refuse unknown properties, so a condition travels in customData.
		...(condition !== undefined && conditions.includes(condition)
			? { customData: { vendorId: VENDOR_ID, condition: { [condition]: true } } }
			: {}),
	};
	if (target.kind === 'station' || !isDelayed) {
		// A maximum of the station, which its sessions share, may not be Relative (K01.FR.38): it starts with their charging.
		const start = isDelayed ? (chargingSince ?? setAt) : setAt;
		const [{ startPeriod: first }] = steps;
		return {
			...common,
			...purposeOf(target),
			chargingProfileKind: 'Absolute',
			chargingSchedule: [
				{
					id: 1,
					chargingRateUnit: unit,
					// Less than a second in the past, so that the limit applies at once.
					startSchedule: new Date(Math.floor(start / 1000 + first) * 1000).toISOString(),
					chargingSchedulePeriod: toPeriods(
						steps.map((step) => ({ ...step, startPeriod: step.startPeriod - first })),
					),
				},
			],
		};
	}
	const before = inUnit(below ?? ownLimit(asset, target, unit), unit, asset);
	return {
		...common,
		...purposeOf(target),
		chargingProfileKind: 'Relative',
		chargingSchedule: [
			{
				id: 1,
				chargingRateUnit: unit,
				chargingSchedulePeriod: toPeriods(
					steps[0].startPeriod === 0 ? steps : [{ startPeriod: 0, limit: before }, ...steps],
				),
			},
		],
	};
}

/** The periods without those that change nothing. */
function toPeriods(
	steps: { startPeriod: number; limit: number }[],
): ChargingProfile['chargingSchedule'][number]['chargingSchedulePeriod'] {
	return steps.filter(({ limit }, index) => limit !== steps[index - 1]?.limit);
}

/** Purpose and transaction by target. */
export function purposeOf(
	target: LimitTarget,
): Pick<ChargingProfile, 'chargingProfilePurpose' | 'transactionId'> {
	switch (target.kind) {
		case 'station':
			return { chargingProfilePurpose: 'ChargingStationMaxProfile' };
		case 'connector':
			return { chargingProfilePurpose: 'TxDefaultProfile' };
		case 'transaction':
			return { chargingProfilePurpose: 'TxProfile', transactionId: target.txId };
	}
}

function ownLimit(asset: StationAsset, target: LimitTarget, unit: RateUnit): RateLimit {
	const evse = asset.evses.find(
		({ evseId }) => target.kind !== 'station' && evseId === target.evseId,
	);
	const watts: RateLimit = { unit: 'W', limit: evse?.maxPowerW ?? asset.maxPowerW };
	return { unit, limit: inUnit(watts, unit, asset) };
}

/** A limit in another unit, rounded down to the one decimal that OCPP allows. */
function inUnit({ unit, limit }: RateLimit, wanted: RateUnit, asset: StationAsset): number {
	if (unit === wanted) return oneDecimalDown(limit);
	return oneDecimalDown(
		wanted === 'W' ? limit * wattsPerAmpere(asset) : limit / wattsPerAmpere(asset),
	);
}

const wattsPerAmpere = ({ phases }: StationAsset): number => NOMINAL_VOLTAGE * phases;

/** The small addend keeps 16.1, which has no exact binary form, from becoming 16.0. */
function oneDecimalDown(value: number): number {
	return Math.floor(value * 10 + 1e-6) / 10;
}

/** The stack level that a limit has by default. */
export function stackLevelOf({ stackLevel, condition }: LimitOptions): number {
	return stackLevel ?? (condition === undefined ? 0 : STACK_LEVEL_WITH_CONDITION);
}

const STACK_LEVEL_WITH_CONDITION = 1000;
