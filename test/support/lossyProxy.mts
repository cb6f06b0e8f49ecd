import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between a client and an API, and can lose answers. */
export interface LossyProxy {
	/** Base URL that stands for the API's. */
	url: string;
	/** Lets the next request to a path that ends so reach the API, and breaks the connection instead of answering. */
	loseAnswerTo(pathEnd: string): void;
	stop(): Promise<void>;
}

/** Starts it on a free port of this machine. @param target base URL of the API, over http */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
	let losing: string | undefined;
	const { origin, pathname } = new URL(target);
	const server = createServer((incoming, outgoing) => {
		const { method, headers, url = '/' } = incoming;
		const loses = losing !== undefined && url.endsWith(losing);
		if (loses) losing = undefined;
		const forwarded = request(`${origin}${url}`, { method, headers }, (answer) => {
			if (loses) {
				answer.resume().once('end', () => incoming.socket.destroy());
			} else {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			}
		});
		forwarded.once('error', () => incoming.socket.destroy());
		incoming.pipe(forwarded);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}${pathname}`,
		loseAnswerTo: (pathEnd) => {
			losing = pathEnd;
		},
		async stop() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
