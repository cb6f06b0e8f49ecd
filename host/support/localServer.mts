import { once } from 'node:events';
import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A server that can be reached from this machine only. */
export interface LocalServer {
	/** Without a slash at the end, e.g. http://127.0.0.1:4010 */
	url: string;
	/** Stops the server and closes every connection to it. */
	close: () => Promise<void>;
}

/** Starts a server on a port of this machine; 0 takes any free one. */
export async function startServer(listener: RequestListener, wanted = 0): Promise<LocalServer> {
	const server = createServer(listener).listen(wanted, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		async close() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

/** Answers each request when its body has arrived; a request that breaks off gets no answer. */
export const withBody =
	(
		answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
	): RequestListener =>
	(request, response) => {
		const arrived = text(request).catch(() => undefined);
		void arrived.then((body) => {
			if (body !== undefined) answer(request, response, body);
		});
	};
