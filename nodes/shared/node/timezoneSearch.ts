import { DateTime, IANAZone } from 'luxon';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { page } from './listSearch';

/** Names that JavaScript may list only by a former spelling, such as Europe/Kiev, or not at all. */
const FURTHER = [
	'America/Nuuk',
	'Asia/Ho_Chi_Minh',
	'Asia/Kathmandu',
	'Asia/Kolkata',
	'Asia/Yangon',
	'Atlantic/Faroe',
	'Europe/Kyiv',
	'UTC',
];

/** The IANA time zones, for a resource locator: "America/New York", with the present offset such as "-05:00" as description. */
export async function searchTimezones(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const now = DateTime.now();
	const zones = new Set([...Intl.supportedValuesOf('timeZone'), ...FURTHER]);
	const entries = [...zones]
		.filter((zone) => IANAZone.isValidZone(zone))
		.sort()
		.map((value) => ({
			name: value.replaceAll('_', ' '),
			value,
			description: now.setZone(value).toFormat('ZZ'),
		}));
	return page(entries, filter, paginationToken);
}
