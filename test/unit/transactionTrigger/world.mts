import type { Schema } from '../../../nodes/shared/chargeye/contract.ts';
import type { Station } from '../../../nodes/shared/chargeye/stations.ts';
import type { ReceivedTransaction } from '../../../nodes/shared/chargeye/transactions.ts';
import { hashOf } from '../../../nodes/shared/charging/base/hash.ts';

export const ENERGY_KWH = 20;
export const STATE_OF_CHARGE = 80;

/** The fields of a whole transaction that a summary lacks. */
const WHOLE_ONLY = [
	'activeStartTime',
	'authenticated',
	'authorizationReference',
	'evseId',
	'sequenceNumber',
	'simulated',
	'stationId',
];

/** How the API shows transactions. */
export interface Habits {
	/** Whether `chargingStartTime` is the latest start of charging, or the first. */
	latestStart: boolean;
	/** How connectors show their latest transaction. */
	shape: 'summary' | 'whole' | 'mixed';
	/** Whether updates say what caused them. */
	triggers: boolean;
	/** Selects, for each connector and field, one of the API's spellings and forms. */
	forms: number;
	/** Fields that the API leaves out or sets to null. */
	missing: readonly string[];
}

interface Session {
	transaction: Schema<'Transaction'> & { startTime: string };
	/** Station and connector: `S0/1`. */
	place: string;
	/** How often charging has started. */
	phases: number;
}

/** What the API shows at one moment. */
export interface Shown {
	fleet: Array<{ stationId: string; sessions: Array<Session | undefined> }>;
	all: Session[];
	/** How many events had happened until that moment. */
	happened: number;
}

/** A simulated fleet, and the events that happen in it, by the IDs that the trigger should report. */
export class World {
	/** ms since 1970 */
	now = Date.UTC(2026, 2, 29, 0, 30);
	/** The ID of every event that has happened, with its time. */
	readonly happened = new Map<string, string>();
	/** Transactions that charged, paused and charged again: the API does not give the times of every phase. */
	readonly resumed = new Set<string>();
	readonly #sessions: Session[] = [];
	readonly #hidden = new Set<string>();

	constructor(
		/** How many connectors each station has. */
		readonly fleet: readonly number[],
		/** How much the chargers' clocks are ahead of n8n's (ms). */
		readonly skew: number,
		readonly habits: Habits,
	) {}

	get places(): string[] {
		return this.fleet.flatMap((connectors, station) =>
			Array.from({ length: connectors }, (_, index) => `S${station}/${index + 1}`),
		);
	}

	pass(ms: number): void {
		this.now += ms;
	}

	/** Removes a station from the API's answers, or puts it back. */
	toggle(station: number): void {
		const id = `S${station % this.fleet.length}`;
		if (!this.#hidden.delete(id)) this.#hidden.add(id);
	}

	/** Puts all stations back into the API's answers. */
	showAll(): void {
		this.#hidden.clear();
	}

	/** Does something that is possible next at a connector; `choice` selects what. */
	act(place: string, choice: number): void {
		this.pass(1000);
		const session = this.#sessions.findLast((candidate) => candidate.place === place);
		if (session === undefined || session.transaction.status === 'Ended') {
			this.#start(place, choice);
			return;
		}
		const { transaction } = session;
		const charges = transaction.status === 'Charging';
		if (transaction.authenticated !== true && choice % 4 !== 3) this.#authorize(session);
		else if (charges && choice % 3 === 0) this.#stopCharging(session, 'PluggedInIdle');
		else if (charges && choice % 3 === 1) this.#meter(session, choice);
		else if (!charges && transaction.authenticated === true && this.#mayCharge(session, choice)) {
			this.#startCharging(session);
		} else this.#end(session);
	}

	/** What the API shows now. */
	show(): Shown {
		const all = this.#sessions.map((session) => ({
			...session,
			transaction: { ...session.transaction },
		}));
		const fleet = this.fleet.flatMap((connectors, index) => {
			const stationId = `S${index}`;
			if (this.#hidden.has(stationId)) return [];
			const sessions = Array.from({ length: connectors }, (_, connector) =>
				all.findLast(({ place }) => place === `${stationId}/${connector + 1}`),
			);
			return [{ stationId, sessions }];
		});
		return { fleet, all, happened: this.happened.size };
	}

	/** The API's answer about the stations. */
	stations({ fleet }: Shown): Station[] {
		return fleet.map(({ stationId, sessions }) => ({
			stationId,
			connectors: sessions.map((session, index) => ({
				connectorId: this.#number(`${stationId}/${index + 1}`, 'connectorId', index + 1),
				...this.#latest(`${stationId}/${index + 1}`, session),
			})),
		}));
	}

	/** The API's answer about a station's transactions. */
	list({ all }: Shown, stationId: string, startDate: string): ReceivedTransaction[] {
		return all
			.filter(({ place }) => place.startsWith(`${stationId}/`))
			.filter(({ transaction }) => Date.parse(transaction.startTime) >= Date.parse(startDate))
			.map((session) => this.#view(session));
	}

	/** The API's answer about one transaction. */
	whole({ all }: Shown, txId: string): ReceivedTransaction | undefined {
		const session = all.find(({ transaction }) => transaction.txId === txId);
		return session && this.#view(session);
	}

	/** Selects one of two forms, always the same for a connector's field. */
	#isOtherForm(place: string, name: string): boolean {
		return parseInt(hashOf(`${this.habits.forms}:${place}:${name}`), 36) % 2 === 0;
	}

	#number(place: string, name: string, value: number): number | string {
		return this.#isOtherForm(place, name) ? String(value) : value;
	}

	#latest(place: string, session: Session | undefined) {
		const { shape } = this.habits;
		const isSummary =
			shape === 'summary' || (shape === 'mixed' && this.#isOtherForm(place, 'shape'));
		const [name, other] = this.#isOtherForm(place, 'spelling')
			? ['latestTransaction', 'lastTransaction']
			: ['lastTransaction', 'latestTransaction'];
		const nothing = { txId: null, transactionId: null, status: null, startTime: null };
		const unused = this.#isOtherForm(place, 'nothing') ? nothing : null;
		const shown = session && this.#view(session, isSummary ? WHOLE_ONLY : []);
		return {
			[name]: shown ?? unused,
			...(this.#isOtherForm(place, 'both') && { [other]: unused }),
		};
	}

	/** @param omitted fields that the answer lacks */
	#view({ transaction, place }: Session, omitted: readonly string[] = []): ReceivedTransaction {
		const shown: Record<string, unknown> = { ...transaction };
		for (const name of this.habits.missing) {
			if (name in shown && shown.status !== 'Ended') shown[name] = null;
			else delete shown[name];
		}
		for (const name of omitted) delete shown[name];
		for (const [name, value] of Object.entries(shown)) {
			if (typeof value !== 'string' || !name.endsWith('Time')) continue;
			if (this.#isOtherForm(place, name)) shown[name] = value.replace('Z', '');
		}
		const evseId = Number(place.split('/')[1]);
		const connector = omitted.includes('evseId') ? 'connectorId' : 'evseId';
		shown[connector] = this.#number(place, `shown ${connector}`, evseId);
		if (this.#isOtherForm(place, 'txId')) {
			shown.transactionId = this.#number(place, 'transactionId', Number(transaction.txId));
			delete shown.txId;
		}
		return shown;
	}

	#shows(name: string): boolean {
		return !this.habits.missing.includes(name);
	}

	get #time(): string {
		return new Date(this.now + this.skew).toISOString();
	}

	#update(
		{ transaction }: Session,
		triggerReason: string,
		changes: Partial<Session['transaction']>,
	) {
		const { sequenceNumber } = transaction;
		Object.assign(transaction, changes, this.habits.triggers && { triggerReason }, {
			sequenceNumber: (sequenceNumber ?? 0) + 1,
			updateTime: this.#time,
		});
	}

	#note({ transaction }: Session, event: string, detail?: string | number | null) {
		if (transaction.simulated === true) return;
		const id = [
			transaction.txId,
			event,
			...((detail ?? undefined) === undefined ? [] : [detail]),
		].join(':');
		this.happened.set(id, this.#time);
	}

	#start(place: string, choice: number) {
		const time = this.#time;
		const session: Session = {
			place,
			phases: 0,
			transaction: {
				txId: String(1000 + this.#sessions.length),
				status: choice % 2 === 0 ? 'PluggedInIdle' : 'AuthorizedNotPluggedIn',
				startTime: time,
				updateTime: time,
				sequenceNumber: 0,
				authenticated: false,
				simulated: choice % 6 >= 4,
				chargedEnergyKwh: 0,
			},
		};
		this.#sessions.push(session);
		this.#note(session, 'transactionStarted');
		if (choice % 2 === 1) this.#authorize(session);
	}

	#authorize(session: Session) {
		this.#update(session, 'Authorized', { authenticated: true });
		this.#note(session, 'authorized');
	}

	/** Charging resumes at most once after a stop, and only if the API shows the new start. */
	#mayCharge({ phases }: Session, choice: number): boolean {
		return phases === 0 || (this.habits.latestStart && phases === 1 && choice % 2 === 0);
	}

	#startCharging(session: Session) {
		const time = this.#time;
		const { chargingStartTime } = session.transaction;
		session.phases++;
		if (session.phases > 1) this.resumed.add(session.transaction.txId);
		this.#update(session, 'ChargingStateChanged', {
			status: 'Charging',
			chargingStartTime: this.habits.latestStart ? time : (chargingStartTime ?? time),
		});
		this.#note(session, 'chargingStarted', this.#shows('chargingStartTime') ? time : undefined);
	}

	#stopCharging(session: Session, status: 'PluggedInIdle' | 'Ended') {
		const time = this.#time;
		this.#update(session, 'ChargingStateChanged', { status, chargingEndTime: time });
		const start = session.transaction.chargingStartTime;
		this.#note(session, 'chargingStopped', this.#shows('chargingEndTime') ? time : start);
	}

	#meter(session: Session, choice: number) {
		const { chargedEnergyKwh: energy, soc } = session.transaction;
		const before = { energy: energy ?? 0, soc: soc ?? 0 };
		const after = { energy: before.energy + choice, soc: Math.min(100, before.soc + 3 * choice) };
		this.#update(session, 'MeterValuePeriodic', {
			chargedEnergyKwh: after.energy,
			soc: after.soc,
		});
		if (before.energy < ENERGY_KWH && after.energy >= ENERGY_KWH) {
			this.#note(session, 'energyReached', ENERGY_KWH);
		}
		if (before.soc < STATE_OF_CHARGE && after.soc >= STATE_OF_CHARGE) {
			this.#note(session, 'stateOfChargeReached', STATE_OF_CHARGE);
		}
	}

	#end(session: Session) {
		if (session.transaction.status === 'Charging') this.#stopCharging(session, 'Ended');
		this.#update(session, 'EVDeparted', { status: 'Ended', endTime: this.#time });
		this.#note(session, 'transactionEnded');
	}
}
