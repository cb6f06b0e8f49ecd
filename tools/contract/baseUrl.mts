import type { Contract } from './readContract.mts';

export interface OnBaseUrl {
	/** What the credential's Base URL must be. */
	baseUrl: string;
	/** The vendor's operations, with their paths below it. */
	operations: Contract['operations'];
}

/**
 * Where the vendor's paths begin. A file whose server is only the host of our base URL, with the rest of
 * it in front of every path, means the same addresses as ours.
 *
 * @param ours such as `https://kempower.io/api`; a relative server is on its host
 */
export function onBaseUrl({ servers, operations }: Contract, ours: string): OnBaseUrl {
	const urls = servers
		.map((server) => (URL.canParse(server, ours) ? new URL(server, ours).href : server))
		.map((url) => url.replace(/\/+$/, ''));
	if (urls.length === 0 || urls.includes(ours)) return { baseUrl: ours, operations };
	for (const url of urls.filter((one) => ours.startsWith(`${one}/`))) {
		const base = ours.slice(url.length);
		if (!operations.every(({ path }) => path.startsWith(`${base}/`))) continue;
		const below = operations.map((one) => ({ ...one, path: one.path.slice(base.length) }));
		return { baseUrl: ours, operations: below };
	}
	return { baseUrl: urls[0], operations };
}
