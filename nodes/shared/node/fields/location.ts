import { locatorField } from './kinds/locator';

/** A location of the account, chosen from a list or by its ID. */
export const location = locatorField({
	label: 'Location',
	name: 'locationUid',
	description: 'A location of the account',
	search: 'searchLocations',
	placeholder: 'Select a location...',
	example: 'loc-depot',
});
