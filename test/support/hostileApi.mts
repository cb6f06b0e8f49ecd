import axios from 'axios';

import { startProcess } from '../../host/support/processes.mts';
import { until } from '../../host/support/until.mts';

/** An answer of a hostile API. */
export interface HostileAnswer {
	/** Only for paths that contain this text. */
	at?: string;
	status?: number;
	headers?: Record<string, string>;
	/** Becomes a Retry-After with a date, this many seconds after the request. */
	retryInSeconds?: number;
	body?: string;
	/** How the answer comes: "drip" is a space each second for ever, "cut off" ends in the middle, "silent" never begins. */
	manner?: 'whole' | 'reset' | 'silent' | 'drip' | 'cut off';
}

/** The answers of an API; the first that fits the path is used. */
export type HostileCase = HostileAnswer[];

/** The base URL of a case, and the requests that arrived there. */
export interface HostileSite {
	baseUrl: string;
	/** Method and path of each request, in order. */
	requests: () => Promise<string[]>;
}

export interface HostileApi {
	open: (...answers: HostileCase) => Promise<HostileSite>;
	stop: () => Promise<void>;
}

/** Starts the server's process. */
export async function startHostileApi(): Promise<HostileApi> {
	const script = ['--import', 'tsx', 'test/support/hostileServer.mts'];
	const child = await startProcess(process.execPath, script);
	const baseURL = await until('the hostile API', 20, () => child.output() || undefined);
	const client = axios.create({ baseURL, proxy: false });
	return {
		async open(...answers) {
			const { data: number } = await client.post<number>('/cases', answers);
			return {
				baseUrl: `${baseURL}/${number}`,
				requests: async () => (await client.get<string[]>(`/${number}/requests`)).data,
			};
		},
		stop: child.stop,
	};
}
