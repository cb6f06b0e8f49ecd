import { request } from 'node:http';

import { startServer, withBody } from '../../host/support/localServer.mts';

/** What happens to a request. */
export type ProxyFault =
	| { status: number; headers?: Record<string, string>; body?: string }
	| { reset: true }
	/** The request reaches the API, but the answer gets lost. */
	| { lost: true }
	/** The client waits for as long as the proxy runs: the request does not reach the API before `release`, or the answer never the client. */
	| { held: 'request' | 'answer' };

/** A request that arrived, and its outcome. */
export interface ProxiedRequest {
	method: string;
	path: string;
	body: string;
	/** The status that the client got; undefined if the connection was broken. */
	status?: number;
}

export interface FaultyProxy {
	/** Base URL of the API behind the proxy. */
	baseUrl: string;
	requests: ProxiedRequest[];
	/** Lets every request that is held reach the API now, though its client may be gone. */
	release(): void;
	close(): Promise<void>;
}

/**
 * A proxy between a client and an API on this machine that lets some requests fail.
 * @param decide the fault for a request, by its number from 0; undefined lets it pass
 */
export async function startFaultyProxy(
	api: string,
	decide: (index: number, request: ProxiedRequest) => ProxyFault | undefined,
): Promise<FaultyProxy> {
	const target = new URL(api);
	const requests: ProxiedRequest[] = [];
	let held: Array<() => void> = [];
	const { url, close } = await startServer(
		withBody((incoming, outgoing, body) => {
			const { method = 'GET', url: path = '/', headers } = incoming;
			const entry: ProxiedRequest = { method, path, body };
			const fault = decide(requests.push(entry) - 1, entry);
			if (fault && 'reset' in fault) {
				incoming.socket.destroy();
				return;
			}
			if (fault && 'status' in fault) {
				entry.status = fault.status;
				outgoing.writeHead(fault.status, fault.headers).end(fault.body);
				return;
			}
			const forward = () => {
				const { hostname, port } = target;
				const forwarded = request({ hostname, port, path, method, headers }, (answer) => {
					if (fault) {
						answer.resume().once('end', () => {
							if ('lost' in fault) incoming.socket.destroy();
						});
						return;
					}
					entry.status = answer.statusCode;
					outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
					answer.pipe(outgoing);
				});
				forwarded.on('error', () => outgoing.destroy());
				forwarded.end(body);
			};
			if (fault && 'held' in fault && fault.held === 'request') held.push(forward);
			else forward();
		}),
	);
	return {
		baseUrl: `${url}${target.pathname}`,
		requests,
		release() {
			for (const forward of held) forward();
			held = [];
		},
		close,
	};
}
