/** The versions of n8n that `npm run test:versions` runs, the oldest first. The package works from the first on. */
export const TESTED_VERSIONS = [
	'1.100.1',
	'1.123.81',
	'2.8.4',
	'2.14.2',
	'2.27.4',
	'2.36.8',
	'2.41.1',
] as const;

/** The oldest version of n8n that this package supports. */
export const [OLDEST] = TESTED_VERSIONS;
