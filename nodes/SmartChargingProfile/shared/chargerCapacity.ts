import { CAPACITIES, type ChargerCapacity } from '../../shared/charging/capacity/capacity';
import { propertiesOf, type FormPart } from '../../shared/node/fields/kinds/field';
import { numberField } from '../../shared/node/fields/kinds/number';
import { optionField } from '../../shared/node/fields/kinds/option';
import type { Values } from '../../shared/node/fields/kinds/values';
import { COEXISTING } from './versions';

const preset = optionField({
	label: 'Charger Capacity',
	name: 'chargerCapacity',
	options: [
		{ name: 'Custom', value: 'custom', description: 'The numbers of your charger' },
		{
			name: 'OCPP 1.6',
			value: 'ocpp16',
			description:
				'24 periods on stack level 0 only, where a profile replaces the one with the same purpose',
		},
		{
			name: 'Unknown (Safe)',
			value: 'unknown',
			description: '24 periods, 4 stack levels and 10 profiles, which most chargers take',
		},
		{ name: 'Unlimited', value: 'unlimited', description: 'As many profiles as it needs' },
	],
	default: 'unknown',
	description:
		'What the charger takes. The smallest profiles with the same limits are chosen; what cannot fit is refused.',
}).withDefaultBefore(COEXISTING, 'unlimited');

const count = (label: string, name: string, byDefault: number, description: string) =>
	numberField({
		label,
		name,
		min: 1,
		decimals: 0,
		show: { [preset.name]: ['custom'] },
		default: byDefault,
		description,
	});

const { unknown } = CAPACITIES;

const periods = count(
	'Periods per Schedule',
	'capacityPeriods',
	unknown.periods,
	'The most periods in a profile (PeriodsPerSchedule)',
);

const levels = count(
	'Stack Levels',
	'capacityLevels',
	unknown.levels,
	'How many stack levels the charger takes: with 4, they are 0 to 3',
);

const profiles = count(
	'Profiles',
	'capacityProfiles',
	unknown.profiles,
	'The most profiles that the charger keeps',
);

const counts = [periods, levels, profiles];

/** @param countOf the number in one of the fields beside the preset */
const capacityOf = (
	chosen: ReturnType<typeof preset.read>,
	countOf: (field: typeof periods) => number,
): ChargerCapacity =>
	chosen === 'custom'
		? {
				periods: countOf(periods),
				levels: countOf(levels),
				profiles: countOf(profiles),
				sameLevelReplaces: false,
			}
		: CAPACITIES[chosen];

/** What a charger takes: one of the presets, or three numbers. */
export const chargerCapacity: FormPart & {
	/** @throws InputError */
	read(values: Values): ChargerCapacity;
} = {
	properties: propertiesOf([preset, ...counts]),
	read: (values) => capacityOf(preset.read(values), (field) => field.read(values)),
};

/** The same as an option, which counts only if it is added. */
const optional = (
	description: string,
): FormPart & {
	/** @throws InputError */
	readIfGiven(added: Values): ChargerCapacity | undefined;
} => {
	const chosenPreset = preset.with({ default: 'unknown', description });
	return {
		properties: propertiesOf([chosenPreset, ...counts]),
		readIfGiven(added) {
			const chosen = chosenPreset.readIfGiven(added);
			return chosen === undefined
				? undefined
				: capacityOf(chosen, (field) => field.readOrDefault(added));
		},
	};
};

/** An option of a command. */
export const capacityOption = optional(
	'What the charger takes: what exceeds it is refused before anything is sent. By default the charger decides.',
);

/** An option of what only judges profiles. */
export const capacityToJudgeBy = optional(
	'What the charger takes: what exceeds it is an error. By default it is not checked.',
);
