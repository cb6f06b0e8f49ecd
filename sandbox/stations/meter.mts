import { NOMINAL_VOLTAGE, type StationAsset } from '../fleet.mts';
import type { TransactionEvent } from '../ocpp/messages.mts';

/** What flows through an EVSE. */
export interface Flow {
	powerW: number;
	/** A in each phase in use on AC; empty on DC. */
	currents: number[];
}

export const NO_FLOW: Flow = { powerW: 0, currents: [] };

export type MeterValues = NonNullable<TransactionEvent['meterValue']>;
export type Context = NonNullable<MeterValues[number]['sampledValue'][number]['context']>;

/** What the meter values of a station measure. */
export const measurandsOf = ({ currentType }: StationAsset): readonly string[] => [
	'Energy.Active.Import.Register',
	'Power.Active.Import',
	...(currentType === 'DC' ? ['SoC'] : ['Current.Import', 'Voltage']),
];

const PHASES = ['L1', 'L2', 'L3'] as const;

/** The meter values in an event. */
export function meterValues(sample: {
	timestamp: string;
	context: Context;
	energyWh: number;
	flow: Flow;
	station: StationAsset;
	soc: number | undefined;
}): MeterValues {
	const { context, flow, soc } = sample;
	return [
		{
			timestamp: sample.timestamp,
			sampledValue: [
				{
					context,
					measurand: 'Energy.Active.Import.Register',
					value: round(sample.energyWh),
					unitOfMeasure: { unit: 'Wh' },
				},
				{
					context,
					measurand: 'Power.Active.Import',
					value: round(flow.powerW),
					unitOfMeasure: { unit: 'W' },
				},
				...(sample.station.currentType === 'DC'
					? []
					: [
							...PHASES.slice(0, sample.station.phases).map((phase, index) => ({
								context,
								measurand: 'Current.Import' as const,
								phase,
								value: round(flow.currents[index] ?? 0),
								unitOfMeasure: { unit: 'A' },
							})),
							{
								context,
								measurand: 'Voltage' as const,
								value: NOMINAL_VOLTAGE,
								unitOfMeasure: { unit: 'V' },
							},
						]),
				...(soc === undefined
					? []
					: [
							{
								context,
								measurand: 'SoC' as const,
								location: 'EV' as const,
								value: round(soc),
								unitOfMeasure: { unit: 'Percent' },
							},
						]),
			],
		},
	];
}

const round = (value: number): number => Math.round(value * 10) / 10;
