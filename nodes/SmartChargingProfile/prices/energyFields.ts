import { InputError } from '../../shared/charging/base/inputError';
import { numberField, type NumberTexts } from '../../shared/node/fields/kinds/number';
import { optionField } from '../../shared/node/fields/kinds/option';
import { partsWhen, propertiesOf, type FormPart } from '../../shared/node/fields/kinds/field';
import type { Values } from '../../shared/node/fields/kinds/values';

const energyAs = optionField({
	label: 'Energy Given As',
	name: 'energyAs',
	options: [
		{ name: 'Energy Drawn', value: 'drawn', description: 'What the car draws from the charger' },
		{
			name: 'Energy in the Battery',
			value: 'battery',
			description: 'What reaches the battery: the car draws more, because of losses',
		},
		{
			name: 'State of Charge',
			value: 'stateOfCharge',
			description: 'From a percentage to another, of a battery of a size',
		},
	],
	default: 'drawn',
	isFixed: true,
	description: 'How it is said how much to charge',
});

const energy = numberField({
	label: 'Energy (kWh)',
	name: 'energyKwh',
	min: 0,
	unit: 'kWh',
	required: true,
	default: 20,
	show: { [energyAs.name]: ['drawn', 'battery'] },
	description: 'How much to charge before the departure, in kWh',
});

const ofCharge = (texts: Pick<NumberTexts, 'label' | 'name' | 'default' | 'description'>) =>
	numberField({
		...texts,
		min: 0,
		max: 100,
		unit: '%',
		required: true,
		show: { [energyAs.name]: ['stateOfCharge'] },
	});

const socFrom = ofCharge({
	label: 'State of Charge Now (%)',
	name: 'socFrom',
	default: 20,
	description: 'How full the battery is when charging begins, in % of its size',
});

const socTo = ofCharge({
	label: 'State of Charge at Departure (%)',
	name: 'socTo',
	default: 80,
	description: 'How full the battery is to be, in % of its size',
});

const batterySize = numberField({
	label: 'Battery Size (kWh)',
	name: 'batterySizeKwh',
	min: 0,
	unit: 'kWh',
	required: true,
	default: 60,
	show: { [energyAs.name]: ['stateOfCharge'] },
	description: 'How much energy the full battery holds, in kWh',
});

const losses = numberField({
	label: 'Charging Losses (%)',
	name: 'lossesPercent',
	min: 0,
	max: 100,
	unit: '%',
	default: 10,
	show: { [energyAs.name]: ['battery', 'stateOfCharge'] },
	description: 'Which part of the energy drawn does not reach the battery, in %',
}).converted((percent, label) => {
	if (percent < 100) return percent;
	throw new InputError(
		`${label} is 100, so that nothing would reach the battery`,
		'Enter less than 100; 10 is usual.',
	);
});

/** How much energy a car is to draw. */
export const energyFields: FormPart & {
	/**
	 * @returns the energy drawn (kWh), which part of it reaches the battery if it was given so, and warnings
	 * @throws InputError
	 */
	read(values: Values): { energyKwh: number; batteryShare?: number; warnings: string[] };
} = {
	properties: propertiesOf([
		partsWhen({ rule: ['cheapestHours'] }, [energyAs, energy, socFrom, socTo, batterySize, losses]),
	]),
	read(values) {
		const as = energyAs.read(values);
		if (as === 'drawn') return { energyKwh: energy.read(values), warnings: [] };
		const batteryShare = 1 - losses.read(values) / 100;
		if (as === 'battery') {
			return { energyKwh: energy.read(values) / batteryShare, batteryShare, warnings: [] };
		}
		const [from, to] = [socFrom.read(values), socTo.read(values)];
		const inBattery = (Math.max(0, to - from) / 100) * batterySize.read(values);
		return {
			energyKwh: inBattery / batteryShare,
			batteryShare,
			warnings:
				to > from
					? []
					: [
							`${socFrom.label} is ${from}, and ${socTo.label} is ${to}: nothing has to be charged.`,
						],
		};
	},
};
