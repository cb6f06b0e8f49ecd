import type { RateUnit } from '../../nodes/shared/charging/profile/profile.ts';
import { NOMINAL_VOLTAGE, type StationAsset } from '../fleet.mts';
import { ChargingQueue } from './chargingQueue.mts';
import { isInForce } from './conditions.mts';
import type { Evse } from './evse.mts';
import { NO_FLOW, type Flow } from './meter.mts';
import {
	limitAt as profileLimitAt,
	nextChange,
	scheduleOf,
	type LimitQuery,
} from './profileLimits.mts';
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

/** Works out how much each EVSE may draw by the stored profiles, and how much flows. */
export class PowerControl {
	readonly #queue: ChargingQueue;

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

	/** When the limit of a running transaction may change next after a time, or a car's turn ends; epoch ms. */
	nextChange(at: number): number {
		const begins = [...this.#transactions().values()].map(({ startedAtMs }) =>
			toSeconds(startedAtMs),
		);
		const limitChanges = nextChange(this.profiles.all(), begins, toSeconds(at)) * 1000;
		return Math.min(limitChanges, this.#queue.turnEndsAt);
	}

	/** A limit in W over the phases that may be used. */
	inWatts({ value, phases }: Limit): number {
		return this.unit === 'A' ? value * NOMINAL_VOLTAGE * phases : value;
	}

	/** Works out what flows at a time: the EVSEs that charge share the station's limit. */
	allocate(at: number): { evse: Evse; flow: Flow }[] {
		const wishes = this.evses.map((evse) => ({
			evse,
			...this.#wishOf(evse, this.limitAt(evse.id, at)),
		}));
		const shares = this.#queue.share(
			this.limitAt(0, at).value,
			wishes.map(({ wish }) => wish),
			at,
		);
		return wishes.map(({ evse, phases }, index) => ({
			evse,
			flow: this.#toFlow(shares[index], phases),
		}));
	}

	/** What an EVSE would take if it were alone, in the station's unit. */
	#wishOf(evse: Evse, limit: Limit): { wish: number; phases: number } {
		const { car } = evse;
		if (!evse.offersEnergy || !car) return { wish: 0, phases: 0 };
		if (this.unit === 'W') return { wish: Math.min(limit.value, car.acceptedPowerW), phases: 0 };
		const phases = Math.min(limit.phases, car.phases);
		if (limit.value < MIN_AC_CURRENT_A) return { wish: 0, phases };
		return { wish: Math.min(limit.value, car.acceptedPowerW / (NOMINAL_VOLTAGE * phases)), phases };
	}

	#toFlow(amount: number, phases: number): Flow {
		if (amount === 0) return NO_FLOW;
		if (this.unit === 'W') return { powerW: wholeWatts(amount), currents: [] };
		const powerW = wholeWatts(amount * NOMINAL_VOLTAGE * phases);
		const current = powerW / (NOMINAL_VOLTAGE * phases);
		return { powerW, currents: Array.from({ length: phases }, () => current) };
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
			defaultLimit: this.#ownLimit(evseId),
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
