import type {
	ChargingProfile,
	InstalledProfile,
	RateUnit,
} from '../../nodes/shared/charging/profile/profile.ts';
import type { StationMessages, StatusInfo } from '../ocpp/messages.mts';
import type { StationCapacity } from './capacity.mts';
import { conditionsOf, isKnownCondition } from './conditions.mts';
import { brokenRules } from './profileRules.mts';

/** What a station supports, as its SmartChargingCtrlr variables say. */
export interface SmartChargingSettings {
	evseIds: readonly number[];
	rateUnits: readonly RateUnit[];
	/** It may change while the station runs; profiles that are stored stay. */
	capacity: Readonly<StationCapacity>;
	/** K01.FR.22 lets a station refuse ChargingStationExternalConstraints from the CSMS. */
	externalConstraints: 'accept' | 'refuse';
}

/** The running transactions by EVSE. */
export type RunningTransactions = ReadonlyMap<number, string>;

type Criteria = StationMessages['ClearChargingProfile']['request'];
type ReportRequest = StationMessages['GetChargingProfiles']['request'];
type ReportCriteria = Pick<ReportRequest, 'evseId'> & ReportRequest['chargingProfile'];

/** The charging profiles that a station stores, and its decision on each new one. */
export class ProfileStore {
	#installed: InstalledProfile[] = [];

	constructor(readonly settings: SmartChargingSettings) {}

	all(): readonly InstalledProfile[] {
		return this.#installed;
	}

	/**
	 * Stores a profile in place of those that it replaces, or refuses it.
	 * @returns undefined when accepted, else the reason of the refusal
	 */
	set(
		evseId: number,
		profile: ChargingProfile,
		running: RunningTransactions,
	): StatusInfo | undefined {
		const refusal =
			this.#refusalOfPlace(evseId) ??
			this.checkContent(profile, evseId, 'set') ??
			this.#refusalOfTransaction(evseId, profile, running) ??
			this.#refusalOfDuplicate(evseId, profile) ??
			this.refusalOfRoom(evseId, profile);
		if (refusal === undefined) this.install(evseId, profile);
		return refusal;
	}

	/** The rules that do not depend on transactions or stored profiles; a start request needs them too. */
	checkContent(
		profile: ChargingProfile,
		evseId: number,
		request: 'set' | 'start',
	): StatusInfo | undefined {
		const { settings } = this;
		const [broken] = brokenRules(profile, { evseId, request });
		if (broken !== undefined) return broken;
		if (
			profile.chargingProfilePurpose === 'ChargingStationExternalConstraints' &&
			settings.externalConstraints === 'refuse'
		) {
			return reason('InvalidProfile', 'The CSMS cannot set external constraints (K01.FR.22)');
		}
		const { levels, periods } = settings.capacity;
		// Conditions are an extension of the vendor, whose limits with a condition have level 1,000 on every station.
		if (profile.stackLevel >= levels && conditionsOf(profile).length === 0) {
			return reason('InvalidStackLevel', `The highest stack level is ${levels - 1}`);
		}
		for (const { chargingRateUnit, chargingSchedulePeriod } of profile.chargingSchedule) {
			if (!settings.rateUnits.includes(chargingRateUnit)) {
				return reason(
					'UnsupportedRateUnit',
					`Only limits in ${settings.rateUnits.join(', ')} are supported`,
				);
			}
			if (chargingSchedulePeriod.length > periods) {
				return reason(
					'TooManyElements',
					`${chargingSchedulePeriod.length} periods: at most ${periods} are allowed`,
				);
			}
		}
		const unknown = conditionsOf(profile).find((condition) => !isKnownCondition(condition));
		return unknown === undefined
			? undefined
			: reason('InvalidProfile', `The condition ${unknown} is not known`);
	}

	/** Whether there is room for one more profile. @returns undefined if there is, else the reason of the refusal */
	refusalOfRoom(evseId: number, profile: ChargingProfile): StatusInfo | undefined {
		const { profiles } = this.settings.capacity;
		return this.#besides(evseId, profile).length < profiles
			? undefined
			: reason('OutOfStorage', `At most ${profiles} charging profiles are stored`);
	}

	/** Stores a profile that has been checked. */
	install(evseId: number, profile: ChargingProfile): void {
		this.#installed = [...this.#besides(evseId, profile), { evseId, profile }];
	}

	/** The profiles that match every given criterion (K09), in the order of their stack levels. */
	matching(criteria: ReportCriteria): InstalledProfile[] {
		const { evseId, chargingProfileId, chargingProfilePurpose, stackLevel } = criteria;
		return this.#installed
			.filter(
				(held) =>
					(chargingProfileId?.includes(held.profile.id) ?? true) &&
					(evseId ?? held.evseId) === held.evseId &&
					(chargingProfilePurpose ?? held.profile.chargingProfilePurpose) ===
						held.profile.chargingProfilePurpose &&
					(stackLevel ?? held.profile.stackLevel) === held.profile.stackLevel,
			)
			.sort((a, b) => a.profile.stackLevel - b.profile.stackLevel);
	}

	/** Removes the profiles that match the id, or every given criterion; with neither, all profiles. */
	clear({ chargingProfileId, chargingProfileCriteria }: Criteria): 'Accepted' | 'Unknown' {
		const matching = this.matching(
			chargingProfileId === undefined
				? (chargingProfileCriteria ?? {})
				: { chargingProfileId: [chargingProfileId] },
		);
		const kept = this.#installed.filter((held) => !matching.includes(held));
		const cleared = kept.length < this.#installed.length;
		this.#installed = kept;
		return cleared ? 'Accepted' : 'Unknown';
	}

	/** TxProfiles end with their transaction. */
	transactionEnded(transactionId: string): void {
		this.#installed = this.#installed.filter(
			({ profile }) => profile.transactionId !== transactionId,
		);
	}

	/** The stored profiles that a profile does not replace. */
	#besides(evseId: number, profile: ChargingProfile): InstalledProfile[] {
		const byLevel = this.settings.capacity.replacesBy === 'purposeAndStackLevel';
		return this.#installed.filter(
			(held) =>
				held.profile.id !== profile.id &&
				!(byLevel && held.evseId === evseId && hasSamePlace(held.profile, profile)),
		);
	}

	#refusalOfPlace(evseId: number): StatusInfo | undefined {
		return evseId === 0 || this.settings.evseIds.includes(evseId)
			? undefined
			: reason('UnknownEvse', `There is no EVSE ${evseId}`);
	}

	/** K01.FR.33: a TxProfile is for the transaction that runs on its EVSE. */
	#refusalOfTransaction(
		evseId: number,
		{ chargingProfilePurpose, transactionId }: ChargingProfile,
		running: RunningTransactions,
	): StatusInfo | undefined {
		if (chargingProfilePurpose !== 'TxProfile' || running.get(evseId) === transactionId) {
			return undefined;
		}
		return reason(
			'TxNotFound',
			`No transaction ${transactionId ?? ''} is running on EVSE ${evseId}`,
		);
	}

	/**
	 * K01.FR.06: one profile per purpose, stack level and EVSE at a time. K01.FR.52, .53: no TxDefaultProfile
	 * for all EVSEs together with one for a single EVSE on the same stack level. OCPP 1.6 has no such rule.
	 */
	#refusalOfDuplicate(evseId: number, profile: ChargingProfile): StatusInfo | undefined {
		if (this.settings.capacity.replacesBy === 'purposeAndStackLevel') return undefined;
		const clash = this.#besides(evseId, profile).find(({ evseId: heldEvseId, profile: held }) => {
			if (!hasSamePlace(held, profile)) return false;
			return heldEvseId === evseId
				? overlaps(held, profile)
				: profile.chargingProfilePurpose === 'TxDefaultProfile' &&
						(heldEvseId === 0 || evseId === 0);
		});
		return clash === undefined
			? undefined
			: reason(
					'DuplicateProfile',
					`Profile ${clash.profile.id} has the same purpose and stack level on EVSE ${clash.evseId}`,
				);
	}
}

const hasSamePlace = (a: ChargingProfile, b: ChargingProfile): boolean =>
	a.chargingProfilePurpose === b.chargingProfilePurpose && a.stackLevel === b.stackLevel;

/** validFrom is inclusive, validTo exclusive (K01.FR.36, .37). */
function overlaps(a: ChargingProfile, b: ChargingProfile): boolean {
	const from = (profile: ChargingProfile): number =>
		profile.validFrom === undefined ? -Infinity : Date.parse(profile.validFrom);
	const to = (profile: ChargingProfile): number =>
		profile.validTo === undefined ? Infinity : Date.parse(profile.validTo);
	return from(a) < to(b) && from(b) < to(a);
}

function reason(reasonCode: string, additionalInfo: string): StatusInfo {
	return { reasonCode, additionalInfo: additionalInfo.slice(0, 512) };
}
