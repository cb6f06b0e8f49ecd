import { RPCOccurrenceConstraintViolationError } from 'ocpp-rpc/lib/errors.js';
import type { StationMessages } from '../../ocpp/messages.mts';
import type { StationHandlers } from '../link.mts';
import { afterwards, type RequestedStation } from './requestedStation.mts';
import { isSameComponent, isSameName, toReportData, type Variable } from './variable.mts';
import { ITEMS_PER_MESSAGE, variablesOf } from './variables.mts';

type Asked = StationMessages['GetVariables']['request']['getVariableData'][number];
type ReportBase = StationMessages['GetBaseReport']['request']['reportBase'];

/** How many variables a NotifyReport has at most. */
const REPORTED_AT_ONCE = 20;

/** The variables of a base report (B07.FR.07 to .09). */
const REPORTED: Record<ReportBase, (variable: Variable) => boolean> = {
	FullInventory: () => true,
	ConfigurationInventory: ({ set }) => set !== undefined,
	SummaryInventory: ({ inSummary }) => inSummary,
};

/** The part of Provisioning (B) that reads and sets variables. */
export function deviceModel(
	station: RequestedStation,
): Pick<StationHandlers, 'GetBaseReport' | 'GetVariables' | 'SetVariables'> {
	return {
		GetBaseReport: ({ requestId, reportBase }) => {
			const generatedAt = new Date(station.now()).toISOString();
			const reportData = variablesOf(station).filter(REPORTED[reportBase]).map(toReportData);
			afterwards(() => {
				for (let seqNo = 0; seqNo * REPORTED_AT_ONCE < reportData.length; seqNo += 1) {
					const from = seqNo * REPORTED_AT_ONCE;
					const to = from + REPORTED_AT_ONCE;
					void station.link.send('NotifyReport', {
						requestId,
						generatedAt,
						seqNo,
						tbc: to < reportData.length,
						reportData: reportData.slice(from, to),
					});
				}
			});
			return { status: 'Accepted' };
		},
		GetVariables: ({ getVariableData }) => {
			checkLength(getVariableData);
			const table = variablesOf(station);
			return {
				getVariableResult: getVariableData.map((asked) => {
					const found = find(table, asked);
					return typeof found === 'string'
						? { attributeStatus: found, ...named(asked) }
						: { attributeStatus: 'Accepted', attributeValue: found.value, ...named(asked) };
				}),
			};
		},
		SetVariables: ({ setVariableData }) => {
			checkLength(setVariableData);
			const table = variablesOf(station);
			return {
				setVariableResult: setVariableData.map((asked) => {
					const found = find(table, asked);
					if (typeof found === 'string') return { attributeStatus: found, ...named(asked) };
					const reasonCode = set(found, asked.attributeValue);
					return reasonCode === undefined
						? { attributeStatus: 'Accepted', ...named(asked) }
						: {
								attributeStatus: 'Rejected',
								attributeStatusInfo: { reasonCode },
								...named(asked),
							};
				}),
			};
		},
	};
}

/** @throws the CALLERROR for too many variables (B05.FR.11, B06.FR.16) */
function checkLength({ length }: unknown[]): void {
	if (length > ITEMS_PER_MESSAGE) {
		throw new RPCOccurrenceConstraintViolationError(`At most ${ITEMS_PER_MESSAGE} variables`);
	}
}

/** The fields of an answer that name what was asked. */
const named = ({ component, variable, attributeType }: Asked) => ({
	component,
	variable,
	...(attributeType === undefined ? {} : { attributeType }),
});

/** @returns the variable, or why there is none */
function find(table: Variable[], { component, variable, attributeType = 'Actual' }: Asked) {
	const rows = table.filter((row) => isSameComponent(row.component, component));
	if (rows.length === 0) return 'UnknownComponent';
	const found = rows.find((row) => isSameName(row.variable, variable));
	if (found === undefined) return 'UnknownVariable';
	return attributeType === 'Actual' ? found : 'NotSupportedAttributeType';
}

/** Sets a variable. @returns the reason code if it cannot be set to this value */
function set({ characteristics, set }: Variable, text: string): string | undefined {
	if (!set) return 'ReadOnly';
	if (!/^[+-]?\d+$/.test(text)) return 'InvalidValue';
	const value = Number(text);
	const { minLimit = 0, maxLimit = Infinity } = characteristics;
	if (value < minLimit) return 'ValueTooLow';
	if (value > maxLimit) return 'ValueTooHigh';
	set(value);
	return undefined;
}
