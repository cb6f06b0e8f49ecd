import type { EvseAsset, StationAsset } from '../fleet.mts';
import type {
	ChargingState,
	ConnectorStatus,
	PowerLimitation,
	StatusInfo,
	StoppedReason,
	TransactionEvent,
	TriggerReason,
} from '../ocpp/messages.mts';
import { Car, type CarSnapshot } from './car.mts';
import { meterValues, NO_FLOW, type Context, type Flow, type MeterValues } from './meter.mts';
import type { Timing } from './timing.mts';
import { Transaction, type Authorization, type TransactionSnapshot } from './transaction.mts';
import { toTransactionEvent } from './transactionEvent.mts';

/** How long a car that takes no energy stays in its transaction before it ends it. */
const FULL_FOR_S = 60;

const MJ_PER_WH = 3_600_000;

/** What happens at a time (epoch ms). */
interface Timer {
	at: number;
	happens: () => void;
}

export interface EvseContext {
	station: StationAsset;
	/** Simulated time, epoch ms. */
	now: () => number;
	timing: Readonly<Timing>;
	report: (event: TransactionEvent) => void;
	statusChanged: (evse: Evse) => void;
	transactionEnded: (transactionId: string) => void;
}

/** All about an EVSE that changes. */
export interface EvseSnapshot {
	evseId: number;
	/** What the meter has counted, mJ. */
	energyMj: number;
	operative: boolean;
	inoperativeWhenIdle: boolean;
	faulted: boolean;
	reservedFor?: string;
	flow: Flow;
	powerLimitation?: PowerLimitation;
	car?: CarSnapshot;
	transaction?: TransactionSnapshot;
}

/** The EVSE's state does not allow the request; the message says why. */
export class EvseStateError extends Error {}

/**
 * One EVSE with its connector: cable, availability and transaction. A transaction starts when the cable
 * is plugged in or a driver is authorized (TxStartPoint EVConnected, Authorized), and ends when the cable
 * is pulled, the cloud or the car stops it, or the EVSE fails.
 */
export class Evse {
	readonly id: number;
	car: Car | undefined;
	transaction: Transaction | undefined;
	flow: Flow = NO_FLOW;
	faulted = false;
	#energyMj = 0;
	#operative = true;
	#inoperativeWhenIdle = false;
	#reservedFor: string | undefined;
	#powerLimitation: PowerLimitation | undefined;
	#reportedStatus: ConnectorStatus = 'Available';

	constructor(
		readonly asset: EvseAsset,
		private readonly context: EvseContext,
	) {
		this.id = asset.evseId;
	}

	snapshot(): EvseSnapshot {
		return {
			evseId: this.id,
			energyMj: this.#energyMj,
			operative: this.#operative,
			inoperativeWhenIdle: this.#inoperativeWhenIdle,
			faulted: this.faulted,
			reservedFor: this.#reservedFor,
			flow: this.flow,
			powerLimitation: this.#powerLimitation,
			car: this.car?.snapshot(),
			transaction: this.transaction?.snapshot(),
		};
	}

	/** Continues from a snapshot, without a word to the CSMS. */
	restore(snapshot: EvseSnapshot): void {
		this.#energyMj = snapshot.energyMj;
		this.#operative = snapshot.operative;
		this.#inoperativeWhenIdle = snapshot.inoperativeWhenIdle;
		this.faulted = snapshot.faulted;
		this.#reservedFor = snapshot.reservedFor;
		this.flow = snapshot.flow;
		this.#powerLimitation = snapshot.powerLimitation;
		this.car = snapshot.car && Car.restored(snapshot.car);
		this.transaction = snapshot.transaction && Transaction.restored(snapshot.transaction);
		this.#reportedStatus = this.status;
	}

	/** What the meter has counted. */
	get energyWh(): number {
		return this.#energyMj / MJ_PER_WH;
	}

	/** By what the power is limited, if energy may flow. */
	get powerLimitation(): PowerLimitation | undefined {
		return this.#powerLimitation;
	}

	get status(): ConnectorStatus {
		if (this.faulted) return 'Faulted';
		if (!this.#operative) return 'Unavailable';
		if (this.car || this.transaction) return 'Occupied';
		return this.#reservedFor === undefined ? 'Available' : 'Reserved';
	}

	get operational(): boolean {
		return this.#operative && !this.faulted;
	}

	/** Operative, Inoperative, or Operative until the transaction ends. */
	get availability(): 'Operative' | 'Inoperative' | 'InoperativeWhenIdle' {
		if (!this.#operative) return 'Inoperative';
		return this.#inoperativeWhenIdle ? 'InoperativeWhenIdle' : 'Operative';
	}

	/** Whether cable and authorization let energy flow. */
	get offersEnergy(): boolean {
		return (
			this.operational && this.car !== undefined && this.transaction?.authorization !== undefined
		);
	}

	/** Whether a car may take energy now: it is offered, and the insulation has been tested. */
	get letsEnergyFlow(): boolean {
		return this.offersEnergy && !this.#testsInsulation;
	}

	get #testsInsulation(): boolean {
		return this.context.now() < this.#insulationTestedAt;
	}

	/** When the insulation has been tested, epoch ms; on DC only. */
	get #insulationTestedAt(): number {
		const { car, transaction } = this;
		if (this.context.station.currentType !== 'DC' || !car) return -Infinity;
		return (transaction?.energyOfferedAt ?? -Infinity) + car.insulationTestMs;
	}

	/** Offers energy, from now on, if cable and authorization let it flow; the insulation is tested first. */
	offerEnergy(): void {
		if (!this.offersEnergy || !this.transaction) return;
		if (this.transaction.energyOfferedAt !== undefined) return;
		this.transaction.energyOfferedAt = this.context.now();
		if (this.#testsInsulation) this.#emit('Updated', 'ChargingStateChanged');
	}

	/** The only token that may use the EVSE, if there is one. */
	get reservedFor(): string | undefined {
		return this.#reservedFor;
	}

	/** Keeps the EVSE for one token. @throws EvseStateError if it is not available */
	reserve(idToken: string): void {
		if (this.status !== 'Available') {
			throw new EvseStateError(`EVSE ${this.id} is ${this.status}, so it cannot be reserved.`);
		}
		this.#reservedFor = idToken;
		this.#reportStatus();
	}

	/** @throws EvseStateError if the EVSE is not reserved */
	cancelReservation(): void {
		if (this.#reservedFor === undefined) {
			throw new EvseStateError(`EVSE ${this.id} is not reserved.`);
		}
		this.#reservedFor = undefined;
		this.#reportStatus();
	}

	/** A driver plugs a car in. @throws EvseStateError if a car is already plugged in */
	plugIn(car: Car): void {
		if (this.car) throw new EvseStateError(`A car is already plugged into EVSE ${this.id}.`);
		this.car = car;
		if (this.transaction) {
			this.transaction.enter('EVConnected', this.context.now());
			this.#emit('Updated', 'CablePluggedIn');
		} else if (this.operational) {
			this.#begin('EVConnected', 'CablePluggedIn');
		}
		this.#reportStatus();
	}

	/** A driver pulls the cable. @throws EvseStateError if no car is plugged in */
	unplug(): void {
		if (!this.car) throw new EvseStateError(`No car is plugged into EVSE ${this.id}.`);
		this.end('EVCommunicationLost', 'EVDisconnected');
		this.car = undefined;
		this.#reportStatus();
	}

	/**
	 * Authorizes the transaction, or starts one: with a card (Authorized) or by the cloud (RemoteStart).
	 * @returns undefined when done, else the reason of the refusal
	 */
	authorize(
		authorization: Authorization,
		trigger: 'Authorized' | 'RemoteStart',
	): StatusInfo | undefined {
		if (!this.operational || this.#inoperativeWhenIdle) {
			return {
				reasonCode: this.faulted ? 'InternalError' : 'NotEnabled',
				additionalInfo: `EVSE ${this.id} is ${this.faulted ? 'faulted' : 'inoperative'}`,
			};
		}
		if (this.transaction?.authorization) {
			return {
				reasonCode: 'TxInProgress',
				additionalInfo: `Transaction ${this.transaction.id} runs on EVSE ${this.id}`,
			};
		}
		const { idToken } = authorization.idToken;
		if (this.#reservedFor !== undefined && this.#reservedFor !== idToken) {
			return {
				reasonCode: 'NotEnabled',
				additionalInfo: `EVSE ${this.id} is reserved for another token`,
			};
		}
		this.#reservedFor = undefined;
		if (this.transaction) {
			this.transaction.authorize(authorization, this.context.now());
			this.#emit('Updated', trigger, { authorization });
		} else {
			this.#begin(this.car ? 'EVConnected' : 'Idle', trigger, authorization);
		}
		this.#reportStatus();
		return undefined;
	}

	/** Ends the transaction, if one is running. */
	end(trigger: TriggerReason, stoppedReason: StoppedReason): void {
		if (!this.transaction) return;
		const { id } = this.transaction;
		this.flow = NO_FLOW;
		this.#powerLimitation = undefined;
		const staysConnected = this.car !== undefined && stoppedReason !== 'EVDisconnected';
		this.transaction.enter(staysConnected ? 'EVConnected' : 'Idle', this.context.now());
		if (this.context.station.currentType === 'DC') this.car?.stop();
		this.#emit('Ended', trigger, { stoppedReason });
		this.transaction = undefined;
		this.context.transactionEnded(id);
		if (this.#inoperativeWhenIdle) {
			this.#inoperativeWhenIdle = false;
			this.#operative = false;
		}
		this.#reportStatus();
	}

	/** ChangeAvailability: at once, or after the transaction (G03.FR.05). */
	changeAvailability(to: 'Operative' | 'Inoperative'): 'Accepted' | 'Scheduled' {
		this.#inoperativeWhenIdle = to === 'Inoperative' && this.transaction !== undefined;
		if (this.#inoperativeWhenIdle) return 'Scheduled';
		this.#operative = to === 'Operative';
		this.#reportStatus();
		return 'Accepted';
	}

	/** Breaks: a transaction ends, or waits with an alarm until the fault is cleared. */
	fault({ endsTransaction = true }: { endsTransaction?: boolean } = {}): void {
		this.faulted = true;
		if (endsTransaction) {
			this.end('AbnormalCondition', 'Other');
		} else if (this.transaction) {
			this.flow = NO_FLOW;
			if (this.transaction.chargingState === 'Charging') {
				this.transaction.enter('SuspendedEVSE', this.context.now());
			}
			this.#emit('Updated', 'AbnormalCondition');
		}
		this.#reportStatus();
	}

	clearFault(): void {
		this.faulted = false;
		this.#reportStatus();
	}

	/** Lets energy flow for a while (ms): the meter counts, the battery fills. */
	pass(elapsedMs: number): void {
		if (!this.car || !this.transaction || this.flow.powerW === 0) return;
		this.#energyMj += this.car.charge(this.flow.powerW * elapsedMs);
		this.transaction.chargingMs += elapsedMs;
	}

	/** When something changes by time alone (epoch ms): the car takes another power, or a timer is due. */
	get nextChange(): number {
		const { car, flow } = this;
		const stageEnds =
			car && flow.powerW > 0
				? this.context.now() + Math.ceil(car.leftInStageMj / flow.powerW)
				: Infinity;
		const flowBegins = this.#testsInsulation ? this.#insulationTestedAt : Infinity;
		return Math.min(stageEnds, flowBegins, ...this.#timers().map(({ at }) => at));
	}

	/** Does what is due by now, one thing at a time. @returns whether there was something */
	runTimer(): boolean {
		const due = this.#timers().find(({ at }) => at <= this.context.now());
		due?.happens();
		return due !== undefined;
	}

	/** Applies the power that the station has assigned, and what it is limited by, and reports what changes. */
	setFlow(flow: Flow, powerLimitation: PowerLimitation | undefined): void {
		const { transaction, car } = this;
		const changed = flow.powerW !== this.flow.powerW;
		this.flow = flow;
		this.#powerLimitation = powerLimitation;
		if (!transaction || !car || !this.letsEnergyFlow) return;
		const at = this.context.now();
		const state: ChargingState =
			car.acceptedPowerW === 0 ? 'SuspendedEV' : flow.powerW === 0 ? 'SuspendedEVSE' : 'Charging';
		if (transaction.enter(state, at)) this.#emit('Updated', 'ChargingStateChanged');
		else if (changed) this.#emit('Updated', 'ChargingRateChanged');
	}

	/** Reports the transaction as it is, if one is running. */
	reportTransaction(): void {
		this.#emit('Updated', 'Trigger');
	}

	/** What the meter shows now. */
	meterValues(context: Context): MeterValues {
		return meterValues({ ...this.#measured(), context });
	}

	#measured() {
		const { station, now } = this.context;
		return {
			timestamp: new Date(now()).toISOString(),
			station,
			energyWh: this.energyWh,
			flow: this.flow,
			// On AC a car does not report its state of charge.
			soc: station.currentType === 'DC' ? this.car?.soc : undefined,
		};
	}

	/** What happens by time alone: a driver never plugs in, a full car leaves, a sample is due. */
	#timers(): Timer[] {
		const { transaction, car } = this;
		if (!transaction) return [];
		const timers: Timer[] = [];
		if (!car && transaction.authorizedAt !== undefined) {
			timers.push({
				at: transaction.authorizedAt + this.context.timing.evConnectionTimeoutS * 1000,
				happens: () => this.end('EVConnectTimeout', 'Timeout'),
			});
		}
		if (transaction.chargingState === 'SuspendedEV') {
			timers.push({
				at: transaction.inStateSince + FULL_FOR_S * 1000,
				happens: () => this.end('ChargingStateChanged', 'StoppedByEV'),
			});
		}
		const { sampleIntervalS } = this.context.timing;
		if (car && sampleIntervalS > 0) {
			timers.push({
				at: transaction.lastSampleAt + sampleIntervalS * 1000,
				happens: () => this.#emit('Updated', 'MeterValuePeriodic'),
			});
		}
		return timers;
	}

	#begin(state: ChargingState, trigger: TriggerReason, authorization?: Authorization): void {
		const now = this.context.now();
		this.transaction = new Transaction(now);
		this.transaction.enter(state, now);
		if (authorization) this.transaction.authorize(authorization, now);
		this.#emit('Started', trigger, { authorization });
	}

	#emit(
		eventType: TransactionEvent['eventType'],
		triggerReason: TriggerReason,
		details: { authorization?: Authorization; stoppedReason?: StoppedReason } = {},
	): void {
		const { transaction } = this;
		if (!transaction) return;
		transaction.lastSampleAt = this.context.now();
		this.context.report(
			toTransactionEvent({
				...details,
				...this.#measured(),
				eventType,
				triggerReason,
				transaction,
				evseId: this.id,
				vendorStatus: this.faulted ? 'Alarm' : this.#testsInsulation ? 'InsulationTest' : undefined,
				powerLimitation: this.#powerLimitation,
			}),
		);
	}

	#reportStatus(): void {
		if (this.status === this.#reportedStatus) return;
		this.#reportedStatus = this.status;
		this.context.statusChanged(this);
	}
}
