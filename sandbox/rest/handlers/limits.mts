import { HttpError } from '../../http/httpError.mts';
import type { Schema } from '../contract.mts';

/** OCPP allows at most one decimal in A and W (section 2.11); in kW three keep whole watts. */
const DECIMALS: Record<keyof Schema<'PowerLimit'>, number> = {
	acMaxPowerA: 1,
	acMaxPowerKw: 3,
	dcMaxPowerKw: 3,
};

/** @throws HttpError 400 that names the field with too many decimals */
export function checkDecimals(limit: Schema<'PowerLimit'>): void {
	for (const [field, decimals] of Object.entries(DECIMALS)) {
		const value = limit[field as keyof Schema<'PowerLimit'>];
		if (value === undefined || Number(value.toFixed(decimals)) === value) continue;
		throw new HttpError(
			400,
			`body.limit.${field} must have ${decimals === 1 ? 'one decimal' : 'three decimals'} at most, not ${value}.`,
		);
	}
}
