// An API that answers like ChargEye, as fast as it can or at a set pace, so that the nodes are measured and not a charger.
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialsFor } from '../host/credentials.mts';
import { startServer } from '../host/support/localServer.mts';

export interface StubOptions {
	/** Wait before each answer (ms). */
	latencyMs: number;
	/** Allowed requests per second, and at once; absent: no limit. */
	throttle?: { perSecond: number; burst: number };
	/** The request that gets a 429, by its number from 1, and the wait that it asks for (s). */
	early429?: { request: number; retryAfter: number };
}

export interface StubApi {
	baseUrl: string;
	/** Commands answered with Accepted, and all requests, since the last call. */
	takeCounts(): { accepted: number; requests: number };
	close(): Promise<void>;
}

/** A token bucket that refills over time. */
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

/** The wait (s) that an empty bucket asks for. */
const RETRY_AFTER = 1;

export async function startStubApi(options: StubOptions): Promise<StubApi> {
	const { latencyMs, throttle, early429 } = options;
	let accepted = 0;
	let requests = 0;
	const isAllowed = throttle ? tokenBucket(throttle) : () => true;
	const answer = async (response: ServerResponse) => {
		const isEarly = ++requests === early429?.request;
		const passes = !isEarly && isAllowed();
		if (latencyMs > 0) await sleep(latencyMs);
		if (!passes) {
			const retryAfter = isEarly ? early429.retryAfter : RETRY_AFTER;
			response.writeHead(429, {
				'Retry-After': String(retryAfter),
				'Content-Type': 'application/json',
			});
			response.end('{"message":"Too many requests"}');
			return;
		}
		accepted++;
		response.writeHead(200, { 'Content-Type': 'application/json' });
		response.end('{"response":"Accepted"}');
	};
	const { url, close } = await startServer((request, response) => {
		request.resume().on('end', () => void answer(response));
	});
	return {
		baseUrl: `${url}/api`,
		takeCounts() {
			const counts = { accepted, requests };
			accepted = 0;
			requests = 0;
			return counts;
		},
		close,
	};
}

/** A credential for the stub API, which accepts every token. */
export const credentialOf = ({ baseUrl }: { baseUrl: string }) =>
	credentialsFor({
		rest: baseUrl,
		accessToken: 'token-of-the-benchmark',
		refreshToken: '',
	}).accessToken();
