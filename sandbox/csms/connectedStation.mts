import type RpcServerClient from 'ocpp-rpc/lib/server-client.js';
import type { RateUnit } from '../../nodes/shared/charging/profile/profile.ts';
import type {
	AuthorizationStatus,
	ConnectorStatus,
	CsmsMessages,
	StationMessages,
} from '../ocpp/messages.mts';
import type { StationAsset } from '../fleet.mts';
import type { TransactionRecords } from './transactionRecords.mts';

/** The CSMS's end of a station's connection. */
export type StationClient = RpcServerClient;

/** A registered charging station with what it reported about itself. */
export class ConnectedStation {
	/** Set from an accepted boot until the connection ends. */
	client: StationClient | undefined;
	/** The units in which the station takes limits (SmartChargingCtrlr.RateUnit). */
	rateUnits: readonly RateUnit[] = ['A', 'W'];
	/** The profile ids that power limits were set with, by target. */
	readonly limitProfileIds = new Map<string, Set<number>>();
	/** Whether the station's boot has been accepted. */
	booted = false;
	readonly #connectors = new Map<number, ConnectorStatus>();
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

	/** The last reported status of an EVSE's connector. */
	connectorStatus(evseId: number): ConnectorStatus | undefined {
		return this.#connectors.get(evseId);
	}

	onStatus({
		evseId,
		connectorStatus,
	}: CsmsMessages['StatusNotification']['request']): Record<string, never> {
		this.#connectors.set(evseId, connectorStatus);
		return {};
	}

	/** @param idTokenStatus what the event's idToken is worth; undefined if it has none */
	onTransactionEvent(
		event: CsmsMessages['TransactionEvent']['request'],
		idTokenStatus: AuthorizationStatus | undefined,
	): void {
		this.transactions.apply(this.asset, event, idTokenStatus);
	}

	onMeterValues({
		evseId,
		meterValue,
	}: CsmsMessages['MeterValues']['request']): Record<string, never> {
		this.transactions.applyMeterValues(this.asset.stationId, evseId, meterValue);
		return {};
	}

	onCapabilities({ getVariableResult }: StationMessages['GetVariables']['response']): void {
		const [rateUnit] = getVariableResult;
		const units = (rateUnit?.attributeValue ?? '')
			.split(',')
			.map((unit) => unit.trim())
			.filter((unit): unit is RateUnit => unit === 'A' || unit === 'W');
		this.rateUnits = units.length > 0 ? units : ['A', 'W'];
		this.#saidCapabilities = true;
	}
}
