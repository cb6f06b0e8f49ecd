import type { SimulatedClock } from '../clock.mts';
import type { StationAsset } from '../fleet.mts';
import type { IdToken, StatusInfo } from '../ocpp/messages.mts';
import { AMPLE, type StationCapacity } from './capacity.mts';
import { Car, type CarSpec } from './car.mts';
import { Evse, EvseStateError } from './evse.mts';
import { Link, type Delivery } from './link.mts';
import { PowerControl } from './powerControl.mts';
import { ProfileStore, type SmartChargingSettings } from './profileStore.mts';
import { requestHandlers } from './requestHandlers.mts';

export interface StationOptions {
	asset: StationAsset;
	/** The CSMS to connect to, `ws://…`. */
	endpoint: string;
	clock: SimulatedClock;
	/** How many profiles it takes; by default more than any real station. */
	capacity?: StationCapacity;
	/** K01.FR.22. Whether external constraints are accepted; by default yes, since the vendor's cloud sends them. */
	externalConstraints?: SmartChargingSettings['externalConstraints'];
	/** How its messages are delivered. */
	delivery?: Delivery;
}

/** The longest time (ms) charged with the same power before it is worked out again. */
const STEP_MS = 60_000;
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
	readonly link: Link;
	readonly #clock: SimulatedClock;
	readonly #stopTicking: () => void;
	/** The moment being simulated, while the station catches up with the clock. */
	#at: number | undefined;
	#resetWhenIdle = false;

	constructor({
		asset,
		endpoint,
		clock,
		capacity = AMPLE,
		externalConstraints = 'accept',
		delivery,
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
			endpoint,
			clock,
			model: asset.model,
			handlers: requestHandlers(this),
			statuses: () => this.evses.map((evse) => this.#statusOf(evse)),
			onConnectionChange: () => this.update(),
			onTransactionAnswer: (id, { idTokenInfo }) => {
				const evse = this.evses.find(({ transaction }) => transaction?.id === id);
				if (evse && idTokenInfo && idTokenInfo.status !== 'Accepted') this.#deauthorize(evse);
			},
			delivery,
		});
		this.evses = asset.evses.map(
			(evse) =>
				new Evse(evse, {
					station: asset,
					now: () => this.now(),
					report: (event) => this.link.report(event),
					statusChanged: (changed) =>
						void this.link.send('StatusNotification', this.#statusOf(changed)),
					transactionEnded: (transactionId) => this.#transactionEnded(transactionId),
				}),
		);
		this.power = new PowerControl(asset, this.profiles, this.evses, () => this.link.online);
		this.#stopTicking = clock.onTick((elapsedMs) => this.#tick(elapsedMs));
	}

	/** The station's time, epoch ms. */
	now(): number {
		return this.#at ?? this.#clock.now();
	}

	evse(evseId: number): Evse | undefined {
		return this.evses.find(({ id }) => id === evseId);
	}

	/** @throws EvseStateError if a car is already plugged in */
	plugIn(evse: Evse, car: CarSpec): void {
		evse.plugIn(new Car(car));
		this.update();
	}

	/** @throws EvseStateError when no car is plugged in */
	unplug(evse: Evse): void {
		evse.unplug();
		this.update();
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
		const refusal: StatusInfo | undefined = evse.authorize({ idToken }, 'Authorized');
		if (refusal) throw new EvseStateError(refusal.additionalInfo ?? refusal.reasonCode);
		this.update();
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

	/** Recomputes the power of every EVSE, and reports what changes. */
	update(): void {
		const at = this.now();
		for (const { offersEnergy, transaction } of this.evses) {
			if (offersEnergy && transaction) transaction.energyOfferedAt ??= at;
		}
		const changes = this.power
			.allocate(at)
			.map(({ evse, flow }) => ({ evse, flow, increase: flow.powerW - evse.flow.powerW }));
		// What falls is reported before what rises, so that the reported powers never add up to more than the limit.
		changes.sort((a, b) => a.increase - b.increase);
		for (const { evse, flow } of changes) evse.setFlow(flow);
	}

	/** Disconnects the station and stops it for good. */
	async close(): Promise<void> {
		this.#stopTicking();
		await this.link.close();
	}

	/** Ends the transaction of a token that the CSMS does not accept, as StopTxOnInvalidId asks (E05). */
	#deauthorize(evse: Evse): void {
		evse.end('Deauthorized', 'DeAuthorized');
		this.update();
	}

	get #busy(): boolean {
		return this.evses.some(({ transaction }) => transaction !== undefined);
	}

	#tick(elapsedMs: number): void {
		const now = this.#clock.now();
		for (let left = elapsedMs; left > 0; left -= STEP_MS) {
			const step = Math.min(left, STEP_MS);
			for (const evse of this.evses) evse.advance(step);
			this.#at = now - left + step;
			for (const evse of this.evses) evse.checkTimers();
			this.update();
		}
		this.#at = undefined;
		if (elapsedMs === 0) this.update();
	}

	#transactionEnded(transactionId: string): void {
		this.profiles.transactionEnded(transactionId);
		if (this.#resetWhenIdle && this.evses.every(({ transaction }) => transaction === undefined)) {
			setImmediate(() => void this.#reboot('ScheduledReset'));
		}
	}

	/** Reboots. Stored profiles survive; profiles of transactions end with them. */
	async #reboot(reason: 'RemoteReset' | 'ScheduledReset'): Promise<void> {
		this.#resetWhenIdle = false;
		for (const evse of this.evses) evse.end('ResetCommand', 'ImmediateReset');
		try {
			await this.link.reboot(reason, REBOOT_MS);
		} catch (error) {
			console.error(`${this.asset.stationId}: could not reconnect: ${String(error)}`);
		}
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
