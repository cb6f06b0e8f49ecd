import { InputError } from '../../shared/charging/base/inputError';
import type { ChargingDetails } from '../../shared/charging/profile/chargingDetails';
import { limitInWords, rateUnitOf, type LimitUnit } from '../../shared/charging/profile/limitUnit';
import type { Field, FormPart } from '../../shared/node/fields/kinds/field';
import { checkNumber } from '../../shared/node/fields/kinds/number';
import { openOptionField } from '../../shared/node/fields/kinds/option';
import type { Values } from '../../shared/node/fields/kinds/values';
import { present } from '../../shared/node/present';
import { limitField } from './limit';

interface PhaseTexts {
	label: string;
	name: string;
	description: string;
	/** What applies if nothing is stated. */
	notStated: string;
}

/** How many phases, or which phase. An expression can give any number: the rules of OCPP then explain what is wrong. */
const phaseField = ({ notStated, ...texts }: PhaseTexts): Field<number> =>
	openOptionField<number>({
		...texts,
		options: [
			...[1, 2, 3].map((value) => ({ name: String(value), value })),
			{ name: 'Not Stated', value: '', description: notStated },
		],
		default: '',
		check: (label, value) => checkNumber(label, value, { min: 1, decimals: 0 }),
	});

export const numberPhases = phaseField({
	label: 'Phases',
	name: 'numberPhases',
	notStated: 'Three on AC; a DC charger has none',
	description: 'On how many phases cars may charge',
});

export const phaseToUse = phaseField({
	label: 'Phase to Use',
	name: 'phaseToUse',
	notStated: 'The charger chooses the phase',
	description: 'Which phase is used when charging on one',
});

/** The field as an option that takes no other numbers than 1, 2 and 3. */
const upToThree = (field: Field<number>): Field<number> =>
	field
		.with({ default: 1 })
		.converted((value, label) => checkNumber(label, value, { min: 1, max: 3, decimals: 0 }));

const PHASES = upToThree(numberPhases);
const PHASE = upToThree(phaseToUse);

const minChargingRate = limitField({
	label: 'Minimum Charging Rate',
	name: 'minChargingRate',
	description: 'The lowest rate at which cars charge efficiently',
	remark: 'Where a limit is below it, cars may pause.',
	defaults: { A: 6, kW: 4.2 },
	unitIn: '/limitUnit',
});

/** The options of a builder for what applies in every period of its profiles, besides the limits. */
export const chargingDetails: {
	readonly fields: readonly FormPart[];
	/** @throws InputError */
	read(added: Values, unit: LimitUnit): ChargingDetails;
	/**
	 * Refuses a minimum charging rate above all limits: cars could never charge.
	 * @param highest the highest limit of the schedule (A or W); Infinity if there are times without one
	 * @throws InputError
	 */
	check(details: ChargingDetails, unit: LimitUnit, highest: number): void;
} = {
	fields: [PHASES, PHASE, minChargingRate],
	read(added, unit) {
		const [phases, phase] = [PHASES, PHASE].map((field) => field.readIfGiven(added));
		if (phase !== undefined && phases !== 1) {
			throw new InputError(
				`${added.nameOf(PHASE.label)} is ${phase}, but ${PHASES.label} is ${phases ?? 'not stated'}`,
				`Choose 1 in the option ${PHASES.label}, or remove ${PHASE.label}: a phase can only be chosen for one-phase charging (K01.FR.19).`,
			);
		}
		return present({
			numberPhases: phases,
			phaseToUse: phase,
			minChargingRate: minChargingRate.readIfGiven(added, unit),
		});
	},
	check({ minChargingRate: lowest }, unit, highest) {
		if (lowest === undefined || lowest <= highest) return;
		const [rate, limit] = [lowest, highest].map((one) => limitInWords(one, rateUnitOf(unit)));
		throw new InputError(
			`${minChargingRate.labelIn(unit)} is ${rate}, which is above the highest limit, ${limit}`,
			'Enter a rate that is not above the limits, or raise the limits.',
		);
	},
};
