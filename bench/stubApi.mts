// An API that answers as ChargEye does, as fast as it can or at a set pace: so that the nodes are measured, not a charger.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface StubOptions {
	/** Before each answer (ms). */
	latencyMs: number;
	/** Requests a second, and at once, that are allowed; without it all are. */
	throttle?: { perSecond: number; burst: number };
}

export interface StubApi {
	baseUrl: string;
	/** Commands answered with Accepted since the last call. */
	takeAccepted(): number;
	close(): Promise<void>;
}

/** A bucket of tokens that fills up by itself. */
function tokenBucket({ perSecond, burst }: { perSecond: number; burst: number }) {
	let tokens = burst;
	let filledAt = performance.now();
	return () => {
		const now = performance.now();
		tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
		filledAt = now;
		if (tokens < 1) return false;
		tokens -= 1;
		return true;
	};
}

export async function startStubApi({ latencyMs, throttle }: StubOptions): Promise<StubApi> {
	let accepted = 0;
	const allowed = throttle ? tokenBucket(throttle) : () => true;
	const answer = async (response: ServerResponse) => {
		const passes = allowed();
		if (latencyMs > 0) await sleep(latencyMs);
		if (!passes) {
			response.writeHead(429, { 'Retry-After': '1', 'Content-Type': 'application/json' });
			response.end('{"message":"Too many requests"}');
			return;
		}
		accepted++;
		response.writeHead(200, { 'Content-Type': 'application/json' });
		response.end('{"response":"Accepted"}');
	};
	const server = createServer((request, response) => {
		request.resume().on('end', () => void answer(response));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}/api`,
		takeAccepted() {
			const count = accepted;
			accepted = 0;
			return count;
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
