import type { OCPP20 } from 'typed-ocpp';

/** What a station measured at one moment, in base units. */
export interface MeterReading {
	energyWh?: number;
	/** Over all phases. */
	powerW?: number;
	/** The highest current of the phases. */
	currentA?: number;
	/** Phase to neutral. */
	voltage?: number;
	/** % */
	soc?: number;
}

type MeterValue = OCPP20.MeterValuesRequest['meterValue'][number];

type SampledValue = MeterValue['sampledValue'][number];

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const highest = (values: number[]): number => Math.max(...values);

/** The field of each measurand, and what the values of single phases are together. */
const FIELDS: Partial<
	Record<
		OCPP20.MeasurandEnumType,
		{ field: keyof MeterReading; together: (phases: number[]) => number }
	>
> = {
	'Energy.Active.Import.Register': { field: 'energyWh', together: sum },
	'Power.Active.Import': { field: 'powerW', together: sum },
	'Current.Import': { field: 'currentA', together: highest },
	Voltage: { field: 'voltage', together: highest },
	SoC: { field: 'soc', together: highest },
};

/**
 * Reads the last of the meter values, whatever multiple of the unit they are in. A measurand without a phase is the total;
 * if a station sends only single phases, they are put together.
 */
export function readMeter(meterValues: readonly MeterValue[] | undefined): MeterReading {
	const samples = meterValues?.at(-1)?.sampledValue ?? [];
	const reading: MeterReading = {};
	for (const [measurand, { field, together }] of Object.entries(FIELDS)) {
		const of = samples.filter((sample) => measurandOf(sample) === measurand);
		const total = of.find(({ phase }) => phase === undefined);
		const phases = of.filter(({ phase }) => phase !== undefined && PHASES.includes(phase));
		if (total !== undefined) reading[field] = valueOf(total);
		else if (phases.length > 0) reading[field] = together(phases.map(valueOf));
	}
	return reading;
}

/** Neither the neutral nor voltages between two phases. */
const PHASES = ['L1', 'L2', 'L3', 'L1-N', 'L2-N', 'L3-N'];

const measurandOf = ({ measurand = 'Energy.Active.Import.Register' }: SampledValue) => measurand;

function valueOf({ value, unitOfMeasure: { unit, multiplier = 0 } = {} }: SampledValue): number {
	return value * 10 ** multiplier * (unit?.startsWith('k') ? 1000 : 1);
}
