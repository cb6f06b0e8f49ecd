import type { INodeProperties } from 'n8n-workflow';

import { roundDown } from '../../shared/charging/composite/combineLimits';
import { LIMIT_UNITS, type LimitUnit } from '../../shared/charging/profile/limitUnit';
import { propertiesOf, type Field, type FormPart } from '../../shared/node/fields/kinds/field';
import { numberField } from '../../shared/node/fields/kinds/number';
import { optionField } from '../../shared/node/fields/kinds/option';
import type { Values } from '../../shared/node/fields/kinds/values';

const UNITS = {
	A: {
		description: 'Amperes per phase',
		measured: 'in A per phase, with at most one decimal',
		pauses: 'Below 6 A most AC cars pause, and 0 stops charging.',
		range: { decimals: 1 },
	},
	kW: {
		description: 'Kilowatts over all phases; profiles carry W',
		measured: 'in kW over all phases',
		pauses:
			'Below 1.38 kW on one phase or 4.14 kW on three most AC cars pause, and 0 stops charging.',
		range: {},
	},
} as const satisfies Record<LimitUnit, object>;

/** The unit in which an operation takes limits. */
export const limitUnit = optionField({
	label: 'Limit Unit',
	name: 'limitUnit',
	options: LIMIT_UNITS.map((value) => ({
		name: value,
		value,
		description: UNITS[value].description,
	})),
	default: 'kW',
	description: 'The unit of all limits. DC chargers take kW.',
});

export interface LimitTexts {
	/** The label without the unit: "Limit" becomes "Limit (kW)". */
	label: string;
	/** The name without the unit: `limit` becomes `limitKw`. */
	name: string;
	/** What is limited, without a full stop. */
	description: string;
	/** A sentence that replaces the one about when cars pause. */
	remark?: string;
	/** With `''` the field comes empty. */
	defaults: Record<LimitUnit, number | ''>;
	/** The defaults in nodes before a version. */
	former?: { until: number; defaults: Record<LimitUnit, number> };
	placeholder?: string;
	show?: NonNullable<INodeProperties['displayOptions']>['show'];
	/** The parameter with the unit, `limitUnit` by default; in a collection it begins with a slash. */
	unitIn?: string;
}

/** A limit that a user enters. There is one field per unit, so that its label can name the unit. */
export class LimitField implements FormPart {
	private readonly fields: Record<LimitUnit, Field<number>>;

	constructor(texts: LimitTexts) {
		const fieldIn = (unit: LimitUnit): Field<number> => {
			const field = numberField({
				label: `${texts.label} (${unit})`,
				name: `${texts.name}${unit === 'A' ? 'A' : 'Kw'}`,
				min: 0,
				unit,
				...UNITS[unit].range,
				show: { ...texts.show, [texts.unitIn ?? 'limitUnit']: [unit] },
				default: texts.defaults[unit],
				placeholder: texts.placeholder,
				description: `${texts.description}, ${UNITS[unit].measured}. ${texts.remark ?? UNITS[unit].pauses}`,
			});
			const { former } = texts;
			return former ? field.withDefaultBefore(former.until, former.defaults[unit]) : field;
		};
		// Adding 0 turns -0 into 0.
		this.fields = {
			A: fieldIn('A').converted((amperes) => amperes + 0),
			kW: fieldIn('kW').converted((kilowatts) => roundDown(kilowatts * 1000) + 0),
		};
	}

	get properties(): INodeProperties[] {
		return propertiesOf(LIMIT_UNITS.map((unit) => this.fields[unit]));
	}

	/** "Limit (kW)". */
	labelIn(unit: LimitUnit): string {
		return this.fields[unit].label;
	}

	/** The limit for a profile: A, or W rounded down to one decimal. @throws InputError */
	read(values: Values, unit: LimitUnit): number {
		return this.fields[unit].read(values);
	}

	/** Like `read`, but undefined if nothing was entered. @throws InputError */
	readIfGiven(values: Values, unit: LimitUnit): number | undefined {
		return this.fields[unit].readIfGiven(values);
	}
}

export const limitField = (texts: LimitTexts): LimitField => new LimitField(texts);
