import type { OCPP20 } from 'typed-ocpp';

export type Component = OCPP20.GetVariablesRequest['getVariableData'][number]['component'];
export type ReportData = NonNullable<OCPP20.NotifyReportRequest['reportData']>[number];
type Characteristics = NonNullable<ReportData['variableCharacteristics']>;

/** A variable of a station's device model. */
export interface Variable {
	component: Component;
	variable: { name: string; instance?: string };
	value: string;
	characteristics: Characteristics;
	/** Sets an integer within the limits. Every other variable is read-only. */
	set?: (value: number) => void;
	/** Whether it is in the summary of what a station can do now (B07.FR.09). */
	inSummary: boolean;
}

/** A variable of a component in short: what is not said follows from the value. */
export type Row = [
	name: string,
	value: string | number | boolean,
	more?: Partial<Omit<Characteristics, 'customData'>> &
		Partial<Pick<Variable, 'set' | 'inSummary'>> & { instance?: string },
];

const DATA_TYPES = { string: 'string', number: 'integer', boolean: 'boolean' } as const;

export function toVariable(component: Component, [name, value, more = {}]: Row): Variable {
	const { instance, set, inSummary = false, ...characteristics } = more;
	return {
		component,
		variable: { name, ...(instance === undefined ? {} : { instance }) },
		value: String(value),
		characteristics: {
			dataType: DATA_TYPES[typeof value as keyof typeof DATA_TYPES],
			supportsMonitoring: false,
			...characteristics,
		},
		set,
		inSummary,
	};
}

/** A variable as a report shows it. */
export function toReportData({
	component,
	variable,
	value,
	characteristics,
	set,
}: Variable): ReportData {
	return {
		component,
		variable,
		variableAttribute: [{ type: 'Actual', value, mutability: set ? 'ReadWrite' : 'ReadOnly' }],
		variableCharacteristics: characteristics,
	};
}

/** Whether two names of components are the same; OCPP's identifiers do not tell capital letters apart. */
export const isSameComponent = (a: Component, b: Component): boolean =>
	isSameName(a, b) && a.evse?.id === b.evse?.id && a.evse?.connectorId === b.evse?.connectorId;

export const isSameName = (
	a: { name: string; instance?: string },
	b: { name: string; instance?: string },
): boolean =>
	a.name.toLowerCase() === b.name.toLowerCase() &&
	a.instance?.toLowerCase() === b.instance?.toLowerCase();
