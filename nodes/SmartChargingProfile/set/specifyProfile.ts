import { specify } from '../shared/specify';

/** How the charging profile of a Set operation is given. */
export const specifyProfile = specify(
	'Specify Profile',
	'specifyProfile',
	'the charging profile is',
);
