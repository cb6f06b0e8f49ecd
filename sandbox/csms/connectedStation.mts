import type RpcServerClient from 'ocpp-rpc/lib/server-client.js';
import type { RateUnit } from '../../nodes/shared/charging/profile/profile.ts';
import type {
	AuthorizationStatus,
	ConnectorStatus,
	CsmsMessages,
	StationMessages,
} from '../ocpp/messages.mts';
import type { StationAsset } from '../fleet.mts';
import { purposeOf } from './powerLimits.mts';
import { evseIdOf, SetLimits, type LimitTarget, type SetLimit } from './setLimits.mts';
import type { Transaction } from './transactionRecord.mts';
import type { TransactionRecords } from './transactionRecords.mts';

/** The CSMS's end of a station's connection. */
export type StationClient = RpcServerClient;

/** The power limits of a station, as the central system knows them. */
export interface LimitsSnapshot {
	stationId: string;
	limits: readonly SetLimit[];
	/** The profiles of the limits as they were last sent, as JSON. */
	sent: ReadonlyArray<{ profileId: number; json: string }>;
	/** Epoch ms. */
	chargingSince?: number;
}

/** While one connector of an EVSE is in use, a station may call the others unavailable. */
const BY_USE: readonly ConnectorStatus[] = [
	'Occupied',
	'Reserved',
	'Available',
	'Faulted',
	'Unavailable',
];

/** A registered charging station with what it reported about itself. */
export class ConnectedStation {
	/** The station's connection, before its boot is accepted too. */
	connection: StationClient | undefined;
	/** Set from an accepted boot until the connection ends. */
	client: StationClient | undefined;
	/** The units in which the station takes limits (SmartChargingCtrlr.RateUnit). */
	rateUnits: readonly RateUnit[] = ['A', 'W'];
	/** The vendor's conditions of charging profiles that the station watches itself. */
	conditions: readonly string[] = [];
	readonly limits = new SetLimits();
	/** The profiles of power limits as they were last sent, as JSON, by ID. */
	readonly sentLimits = new Map<number, string>();
	/** When the running sessions began to charge (epoch ms); with none, when the last ones did. */
	chargingSince: number | undefined;
	/** Whether the station's boot has been accepted. */
	booted = false;
	/** By EVSE and connector. */
	readonly #connectors = new Map<number, Map<number, ConnectorStatus>>();
	#saidCapabilities = false;

	constructor(
		readonly asset: StationAsset,
		private readonly transactions: TransactionRecords,
	) {}

	get online(): boolean {
		return this.client !== undefined;
	}

	/** Whether the station has booted and reported the status of every connector. */
	get reported(): boolean {
		return (
			this.online &&
			this.#saidCapabilities &&
			this.asset.evses.every(({ evseId }) => this.#connectors.has(evseId))
		);
	}

	/** The last reported status of an EVSE's connector; of several, the one that says what the EVSE can do. */
	connectorStatus(evseId: number): ConnectorStatus | undefined {
		const statuses = [...(this.#connectors.get(evseId)?.values() ?? [])];
		return BY_USE.find((status) => statuses.includes(status));
	}

	onStatus({
		evseId,
		connectorId,
		connectorStatus,
	}: CsmsMessages['StatusNotification']['request']): Record<string, never> {
		const connectors = this.#connectors.get(evseId) ?? new Map<number, ConnectorStatus>();
		this.#connectors.set(evseId, connectors.set(connectorId, connectorStatus));
		return {};
	}

	/** @param idTokenStatus what the event's idToken is worth; undefined if it has none */
	onTransactionEvent(
		event: CsmsMessages['TransactionEvent']['request'],
		idTokenStatus: AuthorizationStatus | undefined,
	): void {
		this.transactions.apply(this.asset, event, idTokenStatus);
		const starts = this.#running().flatMap(({ chargingStartTime }) =>
			chargingStartTime ? Date.parse(chargingStartTime) : [],
		);
		if (starts.length > 0) this.chargingSince = Math.min(...starts);
		if (event.eventType !== 'Ended') return;
		// A station forgets the profiles of a transaction when it ends.
		const { transactionId } = event.transactionInfo;
		this.limits.forget(
			({ target }) => target.kind === 'transaction' && target.txId === transactionId,
		);
	}

	snapshot(): LimitsSnapshot {
		return {
			stationId: this.asset.stationId,
			limits: this.limits.all(),
			sent: [...this.sentLimits].map(([profileId, json]) => ({ profileId, json })),
			chargingSince: this.chargingSince,
		};
	}

	restore({ limits, sent, chargingSince }: LimitsSnapshot): void {
		this.forgetLimits();
		for (const limit of limits) this.limits.add(limit);
		for (const { profileId, json } of sent) this.sentLimits.set(profileId, json);
		this.chargingSince = chargingSince;
	}

	forgetLimits(): void {
		this.limits.forget(() => true);
		this.sentLimits.clear();
		this.chargingSince = undefined;
	}

	/** Forgets the power limits whose profiles the station has cleared by ID or criteria. */
	forgetCleared({
		chargingProfileId,
		chargingProfileCriteria: criteria = {},
	}: StationMessages['ClearChargingProfile']['request']): void {
		const isGiven = (criterion: unknown, value: unknown): boolean =>
			criterion === undefined || criterion === value;
		this.limits.forget(({ profileId, target, stackLevel }) =>
			chargingProfileId === undefined
				? isGiven(criteria.evseId, evseIdOf(target)) &&
					isGiven(criteria.stackLevel, stackLevel) &&
					isGiven(criteria.chargingProfilePurpose, purposeOf(target).chargingProfilePurpose)
				: profileId === chargingProfileId,
		);
	}

	/** Whether a running transaction of the target has not been authorized. */
	hasUnauthorizedSession(target: LimitTarget): boolean {
		return this.#running()
			.filter(({ evseId }) => target.kind === 'station' || evseId === target.evseId)
			.some(({ authenticated }) => authenticated !== true);
	}

	#running(): Transaction[] {
		return this.asset.evses
			.map(({ evseId }) => this.transactions.latest(this.asset.stationId, evseId))
			.filter((record) => record !== undefined)
			.filter(({ status }) => status !== 'Ended');
	}

	onMeterValues({
		evseId,
		meterValue,
	}: CsmsMessages['MeterValues']['request']): Record<string, never> {
		this.transactions.applyMeterValues(this.asset.stationId, evseId, meterValue);
		return {};
	}

	onCapabilities({ getVariableResult }: StationMessages['GetVariables']['response']): void {
		const valuesOf = (name: string): string[] =>
			getVariableResult
				.filter(({ variable }) => variable.name === name)
				.flatMap(({ attributeValue = '' }) => attributeValue.split(','))
				.map((value) => value.trim());
		const units = valuesOf('RateUnit').filter((unit) => unit === 'A' || unit === 'W');
		this.rateUnits = units.length > 0 ? units : ['A', 'W'];
		this.conditions = valuesOf('ProfileConditions');
		this.#saidCapabilities = true;
	}
}
