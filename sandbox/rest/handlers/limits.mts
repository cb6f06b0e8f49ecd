import { HttpError } from '../../http/httpError.mts';
import type { Schema } from '../contract.mts';

/**
 * OCPP takes one decimal at most (section 2.11), and so does the API.
 * @throws HttpError 400 that names the field
 */
export function requireOneDecimal(limit: Schema<'PowerLimit'>): void {
	for (const [field, value] of Object.entries(limit)) {
		if (Math.round(value * 10) / 10 !== value) {
			throw new HttpError(400, `body.limit.${field} must have one decimal at most, not ${value}.`);
		}
	}
}
