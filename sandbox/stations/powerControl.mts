import type { InstalledProfile, RateUnit } from '../../nodes/shared/charging/profile/profile.ts';
import { NOMINAL_VOLTAGE, type StationAsset } from '../fleet.mts';
import type { PowerLimitation } from '../ocpp/messages.mts';
import { ChargingQueue } from './chargingQueue.mts';
import { isInForce } from './conditions.mts';
import type { Evse } from './evse.mts';
import { NO_FLOW, type Flow } from './meter.mts';
import {
	limitAt as profileLimitAt,
	limitingProfile,
	nextChange,
	scheduleOf,
	type LimitQuery,
} from './profileLimits.mts';
import { limitationOf, type Wish } from './powerLimitation.mts';
import type { ProfileStore } from './profileStore.mts';

/** Below this current a car does not charge on AC (IEC 61851-1). */
const MIN_AC_CURRENT_A = 6;

/** The limit of what flows through an EVSE. */
export interface Limit {
	/** A per phase on an AC station, W on a DC station. */
	value: number;
	/** Phases that may be used. */
	phases: number;
}

/** What flows through an EVSE, and by what it is limited, if energy may flow. */
export interface Allocation {
	evse: Evse;
	flow: Flow;
	limitation?: PowerLimitation;
}

/** Limits that hold until a time (epoch ms), if nothing happens before. */
interface HeldLimits {
	station: Limit;
	evses: readonly Limit[];
	until: number;
}

/** Works out how much each EVSE may draw by the stored profiles, and how much flows. */
export class PowerControl {
	readonly #queue: ChargingQueue;
	#limits: HeldLimits | undefined;

	constructor(
		private readonly asset: StationAsset,
		private readonly profiles: ProfileStore,
		private readonly evses: readonly Evse[],
		private readonly isOnline: () => boolean,
	) {
		this.#queue = new ChargingQueue(this.unit === 'A' ? MIN_AC_CURRENT_A : 0);
	}

	/** The unit of the station's limits: amperes per phase on AC, watts on DC. */
	get unit(): RateUnit {
		return this.asset.currentType === 'AC' ? 'A' : 'W';
	}

	/** The composite schedule of an EVSE (0 is the station), starting at a time (epoch ms). */
	schedule(evseId: number, start: number, end: number, unit: RateUnit) {
		return scheduleOf({ ...this.#query(evseId, unit), startMs: start, endMs: end });
	}

	/** What an EVSE may draw at a time, other EVSEs aside, in the station's unit. */
	limitAt(evseId: number, at: number): Limit {
		const query = { ...this.#query(evseId, this.unit), startMs: at, endMs: at + 1000 };
		const { limit, numberPhases = this.asset.phases } = profileLimitAt(query, toSeconds(at));
		return {
			value: Math.min(limit, this.#ownLimit(evseId)[this.unit]),
			phases: Math.min(this.asset.phases, numberPhases),
		};
	}

	/** The profile that limits an EVSE (0 is the station) at a time, and until when it does not change (epoch ms, or Infinity). */
	limitedBy(
		evseId: number,
		at: number,
	): { installed: InstalledProfile; until: number } | undefined {
		const query = { ...this.#query(evseId, this.unit), startMs: at, endMs: at + 1000 };
		const installed = limitingProfile(query, toSeconds(at));
		if (!installed) return undefined;
		return { installed, until: nextChange([installed], this.#begins(at), toSeconds(at)) * 1000 };
	}

	/** To call when a profile, a transaction or the connection has changed. */
	limitsChanged(): void {
		this.#limits = undefined;
	}

	/** When a limit changes after a time, or a car's turn ends; epoch ms. */
	nextChange(at: number): number {
		return Math.min(this.#limitsAt(at).until, this.#queue.turnEndsAt);
	}

	/** What all EVSEs together may draw at a time, W. */
	stationLimitW(at: number): number {
		return Math.min(this.inWatts(this.#limitsAt(at).station), this.asset.maxPowerW);
	}

	/** A limit in W over the phases that may be used. */
	inWatts({ value, phases }: Limit): number {
		return this.unit === 'A' ? value * NOMINAL_VOLTAGE * phases : value;
	}

	/** Works out what flows at a time, and why not more: the EVSEs that charge share the station's limit. */
	allocate(at: number): Allocation[] {
		const limits = this.#limitsAt(at);
		const stationLimit = limits.station.value;
		const wishes = this.evses.map((evse, index) => this.#wishOf(evse, limits.evses[index]));
		const shares = this.#queue.share(
			stationLimit,
			wishes.map(({ wish }) => wish),
			at,
		);
		const station = {
			limit: stationLimit,
			rated: this.#ownLimit(0)[this.unit],
			takers: shares.filter((given) => given > 0).length,
			askers: wishes.filter(({ wish }) => wish > 0).length,
		};
		return wishes.map(({ evse, phases, ...wish }, index) => ({
			evse,
			flow: this.#toFlow(shares[index], phases),
			...(evse.letsEnergyFlow && {
				limitation: limitationOf({ ...wish, given: shares[index] }, station),
			}),
		}));
	}

	/** What an EVSE would take if it were alone, in the station's unit. */
	#wishOf(evse: Evse, limit: Limit): Wish & { evse: Evse; phases: number } {
		const car = evse.letsEnergyFlow ? evse.car : undefined;
		const phases = this.unit === 'A' && car ? Math.min(limit.phases, car.phases) : 0;
		const accepted = (car?.acceptedPowerW ?? 0) / (NOMINAL_VOLTAGE * phases || 1);
		const isTooLow = this.unit === 'A' && limit.value < MIN_AC_CURRENT_A;
		return {
			evse,
			phases,
			accepted,
			limit: limit.value,
			rated: this.#ownLimit(evse.id)[this.unit],
			wish: isTooLow ? 0 : Math.min(limit.value, accepted),
		};
	}

	#toFlow(amount: number, phases: number): Flow {
		if (amount === 0) return NO_FLOW;
		if (this.unit === 'W') return { powerW: wholeWatts(amount), currents: [] };
		const powerW = wholeWatts(amount * NOMINAL_VOLTAGE * phases);
		const current = powerW / (NOMINAL_VOLTAGE * phases);
		return { powerW, currents: Array.from({ length: phases }, () => current) };
	}

	#limitsAt(at: number): HeldLimits {
		if (this.#limits && at < this.#limits.until) return this.#limits;
		this.#limits = {
			station: this.limitAt(0, at),
			evses: this.evses.map(({ id }) => this.limitAt(id, at)),
			until: nextChange(this.profiles.all(), this.#begins(at), toSeconds(at)) * 1000,
		};
		return this.#limits;
	}

	/** When Relative profiles began, in seconds. Without a transaction a schedule with a start of its own goes on, too. */
	#begins(at: number): number[] {
		const starts = [...this.#transactions().values()].map(({ startedAtMs }) => startedAtMs);
		return (starts.length > 0 ? starts : [at]).map(toSeconds);
	}

	#query(evseId: number, unit: RateUnit) {
		return {
			profiles: this.#activeProfiles(evseId),
			evseId,
			evseIds: this.evses.map(({ id }) => id),
			unit,
			voltage: NOMINAL_VOLTAGE,
			...(this.unit === 'A' ? { phases: this.asset.phases } : {}),
			transactions: this.#transactions(),
			// The EVSEs of a station are alike.
			defaultLimit: this.#ownLimit(evseId || this.evses[0].id),
			stationLimit: this.#ownLimit(0),
		};
	}

	/** The running transactions by EVSE, with the time at which Relative profiles start. */
	#transactions(): LimitQuery['transactions'] {
		return new Map(
			this.evses.flatMap(({ id, transaction }) => {
				if (!transaction) return [];
				const startedAtMs = transaction.energyOfferedAt ?? transaction.startedAt;
				return [[id, { startedAtMs, transactionId: transaction.id }] as const];
			}),
		);
	}

	#activeProfiles(evseId: number) {
		const unauthorizedSession = this.evses
			.filter(({ id }) => evseId === 0 || id === evseId)
			.some(({ transaction }) => transaction && !transaction.authorization);
		const state = { online: this.isOnline(), unauthorizedSession };
		return this.profiles.all().filter(({ profile }) => isInForce(profile, state));
	}

	/** What the hardware of an EVSE, or of the station (0), can give. */
	#ownLimit(evseId: number): Record<RateUnit, number> {
		const evse = this.evses.find(({ id }) => id === evseId);
		const watts = evse?.asset.maxPowerW ?? this.asset.maxPowerW;
		return { A: watts / (NOMINAL_VOLTAGE * this.asset.phases), W: watts };
	}
}

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** The small addend keeps 8.1 A on three phases, which has no exact binary form, from losing a watt. */
const wholeWatts = (power: number): number => Math.floor(power + 1e-6);
