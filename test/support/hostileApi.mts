import { spawn } from 'node:child_process';
import { once } from 'node:events';
import axios from 'axios';

/** An answer of a hostile API. */
export interface HostileAnswer {
	/** Only for paths that hold this text. */
	at?: string;
	status?: number;
	headers?: Record<string, string>;
	/** Becomes a Retry-After with a date: so many seconds from when it is asked. */
	retryInSeconds?: number;
	body?: string;
	/** How it comes; "drip" is a space each second for ever, "cut off" ends in the middle, "silent" never begins. */
	manner?: 'whole' | 'reset' | 'silent' | 'drip' | 'cut off';
}

/** The answers of an API; the first that is for a path is given. */
export type HostileCase = HostileAnswer[];

/** What a case is asked at, and what arrived there. */
export interface HostileSite {
	baseUrl: string;
	/** Method and path of each request, in order. */
	requests: () => Promise<string[]>;
}

export interface HostileApi {
	open: (...answers: HostileCase) => Promise<HostileSite>;
	stop: () => Promise<void>;
}

/** Starts the process that answers. */
export async function startHostileApi(): Promise<HostileApi> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/hostileServer.mts'], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [port] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
	const client = axios.create({ baseURL: `http://127.0.0.1:${port.trim()}`, proxy: false });
	return {
		async open(...answers) {
			const { data: number } = await client.post<number>('/cases', answers);
			return {
				baseUrl: `${client.defaults.baseURL}/${number}`,
				requests: async () => (await client.get<string[]>(`/${number}/requests`)).data,
			};
		},
		async stop() {
			const closed = once(child, 'close');
			child.kill();
			await closed;
		},
	};
}
