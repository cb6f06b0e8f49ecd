import { numberField } from '../../shared/node/fields/kinds/number';

/** A connector by its number in OCPP, for operations that have no charging station to choose it from. */
export const evseId = numberField({
	label: 'Connector (EVSE ID)',
	name: 'evseId',
	min: 1,
	decimals: 0,
	default: 1,
	description: 'The connector, addressed by its EVSE ID (1 or higher)',
});
