import type { InstalledProfile } from '../../nodes/shared/charging/profile/profile.ts';
import type { Limit } from 'p-limit';
import type { SimulatedClock } from '../clock.mts';
import type { StationAsset } from '../fleet.mts';
import type { MessageLog } from '../ocpp/messageLog.mts';
import type { IdToken, TransactionEvent } from '../ocpp/messages.mts';
import { AMPLE, type StationCapacity } from './capacity.mts';
import { Car, type CarSpec } from './car.mts';
import { EvseStateError, type Evse, type EvseSnapshot } from './evse.mts';
import { Link, type CentralSystem } from './link.mts';
import type { Delivery } from './outbox.mts';
import type { PowerControl } from './powerControl.mts';
import { OwnClock } from './ownClock.mts';
import type { PowerLog } from './powerLog.mts';
import { ProfileStore, type SmartChargingSettings } from './profileStore.mts';
import { requestHandlers } from './requests/requestHandlers.mts';
import type { ScriptedAnswer } from './scriptedAnswers.mts';
import type { StationSettings } from './settings.mts';
import { Simulation } from './simulation.mts';
import type { Timing } from './timing.mts';

export interface StationOptions {
	asset: StationAsset;
	/** The CSMS to connect to. */
	csms: CentralSystem;
	clock: SimulatedClock;
	/** Where its OCPP messages are logged; absent if its CSMS logs them. */
	messages?: MessageLog;
	/** How many profiles it takes; by default more than any real station. */
	capacity?: StationCapacity;
	/** K01.FR.22. Whether external constraints are accepted; by default yes, since the vendor's cloud sends them. */
	externalConstraints?: SmartChargingSettings['externalConstraints'];
	/** How its messages are delivered. */
	delivery?: Delivery;
	/** Stations of a large fleet take turns to send their events. */
	turns?: Limit;
}

/** All about a station that changes. */
export interface StationSnapshot {
	stationId: string;
	connected: boolean;
	settings: StationSettings;
	timing: Timing;
	delivery: Delivery;
	capacity: StationCapacity;
	/** How it answers commands, other than as usual. */
	answers: readonly ScriptedAnswer[];
	profiles: readonly InstalledProfile[];
	evses: readonly EvseSnapshot[];
	/** The events that the CSMS has not answered. */
	waitingEvents: readonly TransactionEvent[];
	/** Whether it reboots once no transaction is running. */
	resetWhenIdle: boolean;
}

const REBOOT_MS = 300;

/**
 * A simulated charging station: an OCPP 2.0.1 client of its own that shares nothing with the CSMS but
 * the connection, and could be swapped for any other station.
 */
export class Station {
	readonly asset: StationAsset;
	readonly evses: readonly Evse[];
	readonly profiles: ProfileStore;
	readonly power: PowerControl;
	readonly timing: Timing;
	readonly powerLog: PowerLog;
	readonly link: Link;
	readonly #clock: SimulatedClock;
	readonly #ownClock: OwnClock;
	readonly #simulation: Simulation;
	readonly #leaveClock: () => void;
	#resetWhenIdle = false;
	#keepsProfiles = true;
	#syncsClock = true;

	constructor({
		asset,
		csms,
		clock,
		messages,
		capacity = AMPLE,
		externalConstraints = 'accept',
		delivery,
		turns,
	}: StationOptions) {
		this.asset = asset;
		this.#clock = clock;
		this.profiles = new ProfileStore({
			evseIds: asset.evses.map(({ evseId }) => evseId),
			rateUnits: asset.currentType === 'AC' ? ['A', 'W'] : ['W'],
			capacity,
			externalConstraints,
		});
		this.link = new Link({
			stationId: asset.stationId,
			csms,
			messages,
			model: asset.model,
			handlers: requestHandlers(this),
			carryOut: (action) => this.act(action),
			statuses: () => this.evses.map((evse) => this.#statusOf(evse)),
			onConnectionChange: () => this.act(() => undefined),
			onTime: () => {
				if (this.#syncsClock) this.#ownClock.setOffset(0);
			},
			onTransactionAnswer: (transactionId, { idTokenInfo }) => {
				if (idTokenInfo && idTokenInfo.status !== 'Accepted') this.#deauthorize(transactionId);
			},
			delivery,
			turns,
		});
		this.#simulation = new Simulation({
			now: clock.now(),
			station: asset,
			profiles: this.profiles,
			isOnline: () => this.link.online,
			report: (event) => this.link.outbox.add(event),
			statusChanged: (evse) => this.reportStatus(evse),
			transactionEnded: (transactionId) => this.#transactionEnded(transactionId),
		});
		this.evses = this.#simulation.evses;
		this.power = this.#simulation.power;
		this.timing = this.#simulation.timing;
		this.powerLog = this.#simulation.powerLog;
		this.#ownClock = new OwnClock(clock.now(), this.#simulation);
		this.#leaveClock = clock.follow(this.#ownClock);
	}

	/** The station's time, epoch ms. */
	now(): number {
		return this.#simulation.now;
	}

	get settings(): StationSettings {
		return {
			keepsProfilesAtReboot: this.#keepsProfiles,
			clockOffsetS: this.#ownClock.offsetMs / 1000,
			clockDriftPpm: this.#ownClock.driftPpm,
			syncsClock: this.#syncsClock,
		};
	}

	/** Changes some settings from now on. */
	configure(settings: Partial<StationSettings>): void {
		this.catchUp();
		const { keepsProfilesAtReboot, clockOffsetS, clockDriftPpm, syncsClock } = settings;
		this.#keepsProfiles = keepsProfilesAtReboot ?? this.#keepsProfiles;
		this.#syncsClock = syncsClock ?? this.#syncsClock;
		this.#ownClock.driftPpm = clockDriftPpm ?? this.#ownClock.driftPpm;
		if (clockOffsetS !== undefined) this.#ownClock.setOffset(Math.round(clockOffsetS * 1000));
	}

	/** @param now the simulated time, epoch ms */
	snapshot(now: number): StationSnapshot {
		this.#ownClock.runTo(now);
		return {
			stationId: this.asset.stationId,
			connected: this.link.online,
			settings: this.settings,
			timing: { ...this.timing },
			delivery: { ...this.link.delivery },
			capacity: this.profiles.settings.capacity,
			answers: this.link.script.all(),
			profiles: this.profiles.all(),
			evses: this.evses.map((evse) => evse.snapshot()),
			waitingEvents: [...this.link.outbox.all()],
			resetWhenIdle: this.#resetWhenIdle,
		};
	}

	/** Continues from a snapshot that was taken at this moment of the simulated time. Only before it is connected. */
	restore(snapshot: StationSnapshot): void {
		this.profiles.settings.capacity = snapshot.capacity;
		this.configure(snapshot.settings);
		Object.assign(this.timing, snapshot.timing);
		Object.assign(this.link.delivery, snapshot.delivery);
		for (const answer of snapshot.answers) this.link.script.set(answer);
		for (const { evseId, profile } of snapshot.profiles) this.profiles.install(evseId, profile);
		for (const evse of snapshot.evses) this.evse(evse.evseId)?.restore(evse);
		for (const event of snapshot.waitingEvents) this.link.outbox.add(event);
		this.#resetWhenIdle = snapshot.resetWhenIdle;
		this.act(() => undefined);
	}

	/** Lets the time until now pass, so that what the station shows is of now. */
	catchUp(): void {
		this.#ownClock.runTo(this.#clock.now());
	}

	evse(evseId: number): Evse | undefined {
		return this.evses.find(({ id }) => id === evseId);
	}

	/** @throws EvseStateError if a car is already plugged in */
	plugIn(evse: Evse, car: CarSpec): void {
		this.act(() => evse.plugIn(new Car(car)));
	}

	/** @throws EvseStateError when no car is plugged in */
	unplug(evse: Evse): void {
		this.act(() => evse.unplug());
	}

	/** Breaks an EVSE: its transaction ends, or waits with an alarm until the fault is cleared. */
	fault(evse: Evse, options: { endsTransaction?: boolean } = {}): void {
		this.act(() => evse.fault(options));
	}

	/** Keeps an EVSE for a token. @throws EvseStateError if it is not available */
	reserve(evse: Evse, idToken: string): void {
		this.act(() => evse.reserve(idToken));
	}

	/** @throws EvseStateError if it is not reserved */
	cancelReservation(evse: Evse): void {
		this.act(() => evse.cancelReservation());
	}

	clearFault(evse: Evse): void {
		this.act(() => evse.clearFault());
	}

	/**
	 * A driver presents a card: the station asks the CSMS, and authorizes the transaction.
	 * @throws EvseStateError when the card is not accepted or the EVSE cannot take it
	 */
	async presentCard(evse: Evse, idToken: IdToken): Promise<void> {
		// Offline, OCPP lets stations accept known cards (LocalAuthorizeOffline); this one accepts every card.
		const answer = await this.link.send('Authorize', { idToken });
		if (answer !== undefined && answer.idTokenInfo.status !== 'Accepted') {
			throw new EvseStateError(`The card is ${answer.idTokenInfo.status}.`);
		}
		const refusal = this.act(() => evse.authorize({ idToken }, 'Authorized'));
		if (refusal) throw new EvseStateError(refusal.additionalInfo ?? refusal.reasonCode);
	}

	/** Reset (B11, B12): at once, which ends transactions, or when no transaction is running. */
	reset(type: 'Immediate' | 'OnIdle'): 'Accepted' | 'Scheduled' {
		if (type === 'OnIdle' && this.#busy) {
			this.#resetWhenIdle = true;
			return 'Scheduled';
		}
		// Only after the answer has been sent.
		setImmediate(() => void this.#reboot('RemoteReset'));
		return 'Accepted';
	}

	/** Disconnects the station and stops it for good. */
	async close(): Promise<void> {
		this.#leaveClock();
		await this.link.close();
	}

	/** Does something now: first the time until now passes, and afterwards what has changed takes effect. */
	act<T>(action: () => T): T {
		this.catchUp();
		const result = action();
		this.#simulation.update();
		return result;
	}

	/** Ends the transaction of a token that the CSMS does not accept, as StopTxOnInvalidId asks (E05). */
	#deauthorize(transactionId: string): void {
		const evse = this.evses.find(({ transaction }) => transaction?.id === transactionId);
		if (evse) this.act(() => evse.end('Deauthorized', 'DeAuthorized'));
	}

	get #busy(): boolean {
		return this.evses.some(({ transaction }) => transaction !== undefined);
	}

	#transactionEnded(transactionId: string): void {
		this.profiles.transactionEnded(transactionId);
		if (this.#resetWhenIdle && this.evses.every(({ transaction }) => transaction === undefined)) {
			setImmediate(() => void this.#reboot('ScheduledReset'));
		}
	}

	/** Reboots. Stored profiles survive, unless the settings say otherwise; profiles of transactions end with them. */
	async #reboot(reason: 'RemoteReset' | 'ScheduledReset'): Promise<void> {
		this.#resetWhenIdle = false;
		this.act(() => {
			for (const evse of this.evses) evse.end('ResetCommand', 'ImmediateReset');
			if (!this.#keepsProfiles) this.profiles.clear({});
		});
		try {
			await this.link.reboot(reason, REBOOT_MS);
		} catch (error) {
			console.error(`${this.asset.stationId}: could not reconnect: ${String(error)}`);
		}
	}

	/** Tells the CSMS the status of an EVSE's connector. */
	reportStatus(evse: Evse): void {
		void this.link.send('StatusNotification', this.#statusOf(evse));
	}

	#statusOf(evse: Evse) {
		return {
			timestamp: new Date(this.now()).toISOString(),
			connectorStatus: evse.status,
			evseId: evse.id,
			connectorId: 1,
		};
	}
}
