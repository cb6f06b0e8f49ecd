import type { components } from '../../nodes/shared/chargeye/types.ts';
import type { ChargingProfile, RateUnit } from '../../nodes/shared/charging/profile/profile.ts';
import { NOMINAL_VOLTAGE, type StationAsset } from '../fleet.mts';
import { VENDOR_ID } from '../ocpp/messages.mts';

/** What a power limit limits. */
export type LimitTarget =
	| { kind: 'station' }
	| { kind: 'connector'; evseId: number }
	| { kind: 'transaction'; evseId: number; txId: string };

/** The API's power limit, with the API's names. */
export interface LimitOptions {
	chargingProfileId?: number;
	condition?: string;
	/** Seconds after charging starts. */
	relativeDelay?: number;
	stackLevel?: number;
}

export interface StationCapabilities {
	asset: StationAsset;
	rateUnits: readonly RateUnit[];
}

const FIRST_PROFILE_ID = 3000;
const TARGETS = 32;
const IDS_PER_TARGET = 71;
const STACK_LEVEL_WITH_CONDITION = 1000;

/**
 * The lowest of the given values, in a unit of the station: on an AC station A per phase or W over
 * all phases (converted with 230 V and its phases), on a DC station W on the vehicle's side (converted
 * with acDcPowerRatio). Rounded down to the one decimal that OCPP allows.
 */
export function toRateLimit(
	{ asset, rateUnits }: StationCapabilities,
	limit: components['schemas']['PowerLimit'],
): { unit: RateUnit; limit: number } {
	const voltsOfAllPhases = NOMINAL_VOLTAGE * asset.phases;
	const fromGrid = asset.currentType === 'DC' ? asset.acDcPowerRatio : 1;
	const fromVehicle = asset.currentType === 'DC' ? 1 : 1 / asset.acDcPowerRatio;
	const candidates: { unit: RateUnit; watts: number }[] = [];
	if (limit.acMaxPowerA !== undefined) {
		candidates.push({ unit: 'A', watts: limit.acMaxPowerA * voltsOfAllPhases * fromGrid });
	}
	if (limit.acMaxPowerKw !== undefined) {
		candidates.push({ unit: 'W', watts: limit.acMaxPowerKw * 1000 * fromGrid });
	}
	if (limit.dcMaxPowerKw !== undefined) {
		candidates.push({ unit: 'W', watts: limit.dcMaxPowerKw * 1000 * fromVehicle });
	}
	const tightest = candidates.reduce((a, b) => (b.watts < a.watts ? b : a));
	const unit = rateUnits.includes(tightest.unit) ? tightest.unit : (rateUnits[0] ?? 'W');
	return {
		unit,
		limit: oneDecimalDown(unit === 'A' ? tightest.watts / voltsOfAllPhases : tightest.watts),
	};
}

/**
 * The default chargingProfileId, 3000 to 5271: one range per target, and within it one id for each
 * condition and stack level, so that a limit replaces the one that it would conflict with (K01.FR.05).
 */
export function defaultProfileId(target: LimitTarget, options: LimitOptions): number {
	const evseId = target.kind === 'station' ? 0 : target.evseId;
	const slot = (evseId + (target.kind === 'transaction' ? TARGETS / 2 : 0)) % TARGETS;
	return FIRST_PROFILE_ID + slot * IDS_PER_TARGET + variantOf(options);
}

/** The OCPP charging profile that a power limit becomes. @param now epoch ms */
export function toChargingProfile(
	station: StationCapabilities,
	target: LimitTarget,
	limit: components['schemas']['PowerLimit'],
	options: LimitOptions,
	now: number,
): ChargingProfile {
	const { condition, relativeDelay } = options;
	const rate = toRateLimit(station, limit);
	const period = { startPeriod: relativeDelay ?? 0, limit: rate.limit };
	return {
		id: options.chargingProfileId ?? defaultProfileId(target, options),
		stackLevel: stackLevelOf(options),
		...purposeOf(target, relativeDelay !== undefined),
		// OCPP schemas refuse unknown properties, so a condition travels in customData.
		...(condition === undefined
			? {}
			: { customData: { vendorId: VENDOR_ID, condition: { [condition]: true } } }),
		chargingSchedule: [
			{
				id: 1,
				chargingRateUnit: rate.unit,
				// Less than a second in the past, so that the limit applies at once.
				...(relativeDelay === undefined
					? { startSchedule: new Date(Math.floor(now / 1000) * 1000).toISOString() }
					: {}),
				// The first period starts at 0 (K01.FR.31): until the delay is over, the station's own limit applies.
				chargingSchedulePeriod:
					period.startPeriod === 0
						? [period]
						: [{ startPeriod: 0, limit: ownLimit(station.asset, target, rate.unit) }, period],
			},
		],
	};
}

/** Purpose, kind and EVSE by target; EVSE 0 is the station. */
function purposeOf(
	target: LimitTarget,
	relative: boolean,
): Pick<ChargingProfile, 'chargingProfilePurpose' | 'chargingProfileKind' | 'transactionId'> {
	const chargingProfileKind = relative ? 'Relative' : 'Absolute';
	switch (target.kind) {
		case 'station':
			// K01.FR.38 forbids a Relative ChargingStationMaxProfile. The default profile of all EVSEs is the
			// nearest to it, but limits each transaction, while a maximum is shared among them.
			return relative
				? { chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind }
				: { chargingProfilePurpose: 'ChargingStationMaxProfile', chargingProfileKind };
		case 'connector':
			return { chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind };
		case 'transaction':
			return {
				chargingProfilePurpose: 'TxProfile',
				chargingProfileKind,
				transactionId: target.txId,
			};
	}
}

function ownLimit(asset: StationAsset, target: LimitTarget, unit: RateUnit): number {
	const evse = asset.evses.find(
		({ evseId }) => target.kind !== 'station' && evseId === target.evseId,
	);
	const watts = evse?.maxPowerW ?? asset.maxPowerW;
	return oneDecimalDown(unit === 'A' ? watts / (NOMINAL_VOLTAGE * asset.phases) : watts);
}

function stackLevelOf({ stackLevel, condition }: LimitOptions): number {
	return stackLevel ?? (condition === undefined ? 0 : STACK_LEVEL_WITH_CONDITION);
}

/** 0 without condition and stack level; otherwise 1 to 70, depending on both. */
function variantOf(options: LimitOptions): number {
	if (options.condition === undefined && (options.stackLevel ?? 0) === 0) return 0;
	let hash = 0;
	for (const character of `${options.condition ?? ''} ${stackLevelOf(options)}`) {
		hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
	}
	return 1 + (hash % (IDS_PER_TARGET - 1));
}

/** The small addend keeps 16.1, which has no exact binary form, from becoming 16.0. */
function oneDecimalDown(value: number): number {
	return Math.floor(value * 10 + 1e-6) / 10;
}
