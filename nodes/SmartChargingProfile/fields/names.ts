import type { INodeProperties } from 'n8n-workflow';

/** The fields of a charging profile as users see them, by their names in OCPP. */
export const NAMES = {
	id: 'Charging Profile ID',
	stackLevel: 'Stack Level',
	chargingProfilePurpose: 'Purpose',
	chargingProfileKind: 'Kind',
	recurrencyKind: 'Recurrency',
	transactionId: 'Transaction ID',
	validFrom: 'Valid From',
	validTo: 'Valid To',
	startSchedule: 'Start',
	duration: 'Duration (S)',
	chargingRateUnit: 'Rate Unit',
	minChargingRate: 'Minimum Charging Rate (A or W)',
	chargingSchedulePeriod: 'Periods',
	startPeriod: 'Start Period (S)',
	limit: 'Limit',
	numberPhases: 'Phases',
	phaseToUse: 'Phase to Use',
	salesTariff: 'Sales Tariff (JSON)',
	customData: 'Custom Data (JSON)',
} as const;

export const PROFILE_JSON = 'Charging Profile (JSON)';
export const PERIODS_JSON = 'Periods (JSON)';

/** The choice between fields and JSON; no expression, because it decides which fields there are. */
export const specify = (displayName: string, name: string, what: string): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Using Fields', value: 'fields' },
		{ name: 'Using JSON', value: 'json' },
	],
	default: 'fields',
	description: `How ${what} given`,
});

/**
 * The field behind a path of a profile that is given by fields: `chargingSchedule[0].chargingSchedulePeriod[1].limit`
 * → "Limit of Period 2".
 */
export function fieldNameOf(path: string, periodsAsJson: boolean): string {
	const period = /\.chargingSchedulePeriod(?:\[(\d+)\])?/.exec(path);
	if (period && periodsAsJson) return PERIODS_JSON;
	const segments = path
		.replace(/\[\d+\]/g, '')
		.split('.')
		.reverse();
	const known = segments.find((segment) => Object.hasOwn(NAMES, segment));
	const name = known === undefined ? 'Charging Profile' : NAMES[known as keyof typeof NAMES];
	return period?.[1] === undefined ? name : `${name} of Period ${Number(period[1]) + 1}`;
}
