import { objectField } from '../../shared/node/fields/kinds/json';

/** Vendor data: CustomDataType of OCPP 2.0.1. */
export const customData = objectField({
	label: 'Custom Data (JSON)',
	name: 'customData',
	example: '{ "vendorId": "com.example" }',
	description: 'Data for chargers of one vendor, with its vendorId',
});
