import type { OCPP20 } from 'typed-ocpp';
import type { TransactionEvent } from '../ocpp/messages.mts';

/** The last meter value of an event, in base units. */
export interface MeterReading {
	energyWh?: number;
	powerW?: number;
	/** The highest current of the phases. */
	currentA?: number;
	voltage?: number;
	/** % */
	soc?: number;
}

const FIELDS: Partial<Record<OCPP20.MeasurandEnumType, keyof MeterReading>> = {
	'Energy.Active.Import.Register': 'energyWh',
	'Power.Active.Import': 'powerW',
	'Current.Import': 'currentA',
	Voltage: 'voltage',
	SoC: 'soc',
};

/** Reads the sampled values of a TransactionEvent, whatever multiple of the unit they are in. */
export function readMeter({ meterValue }: TransactionEvent): MeterReading {
	const reading: MeterReading = {};
	for (const sample of meterValue?.at(-1)?.sampledValue ?? []) {
		const field = FIELDS[sample.measurand ?? 'Energy.Active.Import.Register'];
		if (field === undefined) continue;
		const { unit, multiplier } = sample.unitOfMeasure ?? {};
		const value = sample.value * 10 ** (multiplier ?? 0) * (unit?.startsWith('k') ? 1000 : 1);
		reading[field] = Math.max(value, reading[field] ?? value);
	}
	return reading;
}
