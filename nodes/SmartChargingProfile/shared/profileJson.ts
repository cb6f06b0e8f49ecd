import { jsonField } from '../../shared/node/fields/kinds/json';

/** An example of a charging profile of OCPP 2.0.1. */
export const PROFILE_EXAMPLE =
	'{ "id": 1, "stackLevel": 0, "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute", "chargingSchedule": [{ "id": 1, "startSchedule": "2026-01-15T17:00:00", "chargingRateUnit": "A", "chargingSchedulePeriod": [{ "startPeriod": 0, "limit": 16 }] }] }';

/** A whole charging profile; its shape is not checked. */
export const profileJson = jsonField({
	label: 'Charging Profile (JSON)',
	name: 'profileJson',
	rows: 8,
	required: true,
	example: PROFILE_EXAMPLE,
	description:
		'The charging profile in the form of OCPP 2.0.1 (ChargingProfileType), perhaps with ChargEye’s condition and meta. Times without an offset are in the workflow’s time zone.',
});
