import { RPC_OPTIONS } from '../../ocpp/rpcOptions.mts';
import { KNOWN_CONDITIONS } from '../conditions.mts';
import type { Evse } from '../evse.mts';
import { VENDOR_NAME } from '../link.mts';
import { measurandsOf } from '../meter.mts';
import { CONNECTOR_ID } from './remoteControl.mts';
import type { RequestedStation } from './requestedStation.mts';
import { toVariable, type Component, type Row, type Variable } from './variable.mts';

/** How many variables a GetVariables or a SetVariables may have. */
export const ITEMS_PER_MESSAGE = 100;

const MEMBERS = { dataType: 'MemberList' } as const;
const STATE = {
	dataType: 'OptionList',
	valuesList: 'Available,Faulted,Occupied,Reserved,Unavailable',
	inSummary: true,
} as const;

const seconds = (minLimit: number) => ({ unit: 's', minLimit, maxLimit: 86_400 });

/** Every variable that a station has, with its value now. What has no effect on the simulation is read-only. */
export function variablesOf(station: RequestedStation): Variable[] {
	const { asset, evses, link, profiles, settings, timing } = station;
	const { capacity, rateUnits } = profiles.settings;
	const measurands = measurandsOf(asset).join(',');
	const components: [Component, Row[]][] = [
		[
			{ name: 'ChargingStation' },
			[
				['AvailabilityState', stateOf(evses), STATE],
				['Available', true],
				['Model', asset.model],
				['SerialNumber', asset.stationId],
				['SupplyPhases', asset.phases],
				['VendorName', VENDOR_NAME],
			],
		],
		...evses.flatMap((evse): [Component, Row[]][] => [
			[
				{ name: 'EVSE', evse: { id: evse.id } },
				[
					['AvailabilityState', evse.status, STATE],
					['Available', true],
					['Power', Math.round(evse.flow.powerW), { unit: 'W', maxLimit: evse.asset.maxPowerW }],
					['Problem', evse.faulted, { inSummary: evse.faulted }],
					['SupplyPhases', asset.phases],
				],
			],
			[
				{ name: 'Connector', evse: { id: evse.id, connectorId: CONNECTOR_ID } },
				[
					['AvailabilityState', evse.status, STATE],
					['Available', true],
					['ConnectorType', evse.asset.connectorType === 'CCS' ? 'cCCS2' : 'cType2'],
					['SupplyPhases', asset.phases],
				],
			],
		]),
		[
			{ name: 'AlignedDataCtrlr' },
			[
				['Interval', 0, { unit: 's' }],
				['Measurands', measurands, MEMBERS],
			],
		],
		[{ name: 'AuthCacheCtrlr' }, [['Enabled', false]]],
		[
			{ name: 'AuthCtrlr' },
			[
				['AuthorizeRemoteStart', false],
				['LocalAuthorizeOffline', true],
				['LocalPreAuthorize', false],
				['OfflineTxForUnknownIdEnabled', true],
			],
		],
		[
			{ name: 'ClockCtrlr' },
			[
				['DateTime', new Date(station.now()).toISOString(), { dataType: 'dateTime' }],
				[
					'TimeSource',
					settings.syncsClock ? 'Heartbeat' : 'RealTimeClock',
					{ dataType: 'SequenceList', valuesList: 'Heartbeat,RealTimeClock' },
				],
			],
		],
		[
			{ name: 'DeviceDataCtrlr' },
			[
				['ItemsPerMessage', ITEMS_PER_MESSAGE, { instance: 'GetVariables' }],
				['ItemsPerMessage', ITEMS_PER_MESSAGE, { instance: 'SetVariables' }],
			],
		],
		[{ name: 'LocalAuthListCtrlr' }, [['Enabled', false]]],
		[
			{ name: 'OCPPCommCtrlr' },
			[
				[
					'HeartbeatInterval',
					link.heartbeatIntervalS,
					{ ...seconds(1), set: (value) => (link.heartbeatIntervalS = value) },
				],
				[
					'MessageAttempts',
					link.delivery.attempts,
					{
						instance: 'TransactionEvent',
						minLimit: 1,
						set: (value) => (link.delivery.attempts = value),
					},
				],
				[
					'MessageAttemptInterval',
					link.delivery.intervalMs / 1000,
					{
						instance: 'TransactionEvent',
						...seconds(0),
						set: (value) => (link.delivery.intervalMs = value * 1000),
					},
				],
				['MessageTimeout', link.delivery.timeoutMs / 1000, { instance: 'Default', unit: 's' }],
				['QueueAllMessages', false],
				['WebSocketPingInterval', RPC_OPTIONS.pingIntervalMs / 1000, { unit: 's' }],
			],
		],
		[
			{ name: 'SampledDataCtrlr' },
			[
				['TxEndedInterval', 0, { unit: 's' }],
				['TxEndedMeasurands', measurands, MEMBERS],
				['TxStartedMeasurands', measurands, MEMBERS],
				[
					'TxUpdatedInterval',
					timing.sampleIntervalS,
					{ ...seconds(0), set: (value) => (timing.sampleIntervalS = value) },
				],
				['TxUpdatedMeasurands', measurands, MEMBERS],
			],
		],
		[
			{ name: 'SmartChargingCtrlr' },
			[
				['Enabled', true],
				[
					'Entries',
					profiles.all().length,
					{ instance: 'ChargingProfiles', maxLimit: capacity.profiles },
				],
				['PeriodsPerSchedule', capacity.periods],
				// The vendor's own variable.
				['ProfileConditions', KNOWN_CONDITIONS.join(','), MEMBERS],
				['ProfileStackLevel', capacity.levels - 1],
				['RateUnit', rateUnits.join(','), { ...MEMBERS, valuesList: rateUnits.join(',') }],
			],
		],
		[
			{ name: 'TxCtrlr' },
			[
				[
					'EVConnectionTimeOut',
					timing.evConnectionTimeoutS,
					{ ...seconds(1), set: (value) => (timing.evConnectionTimeoutS = value) },
				],
				['StopTxOnEVSideDisconnect', true],
				['StopTxOnInvalidId', true],
				['TxStartPoint', 'EVConnected,Authorized', MEMBERS],
				['TxStopPoint', 'EVConnected,Authorized', MEMBERS],
			],
		],
	];
	return components.flatMap(([component, rows]) => rows.map((row) => toVariable(component, row)));
}

/** What all connectors have in common; a station with different ones is available. */
function stateOf([first, ...rest]: readonly Evse[]): string {
	return rest.every(({ status }) => status === first.status) ? first.status : 'Available';
}
