import { createHmac } from 'node:crypto';
import axios from 'axios';
import express, { type Router } from 'express';
import { jsonBody } from './guard.mts';

/** A requested refund. */
export interface Refund {
	idempotencyKey: string | undefined;
	body: unknown;
}

/** The refund endpoint of a payment provider. */
export interface Provider {
	/** POST /v1/refunds */
	router: Router;
	/** Every refund that was asked for with the API key, also those that failed, oldest first. */
	refunds(): Refund[];
	/** Makes the next requests fail with 503. */
	fail(times: number): void;
	/** Forgets the refunds, and lets requests succeed again. */
	forget(): void;
}

const MOST_REFUNDS = 1000;

/** @param apiKey the key that a request must carry as bearer token */
export function createProvider(apiKey: string): Provider {
	let refunds: Refund[] = [];
	let failures = 0;
	const router = express.Router();
	router.post('/v1/refunds', jsonBody, (request, response) => {
		if (request.get('authorization') !== `Bearer ${apiKey}`) {
			response.status(401).json({ message: 'The API key is missing or wrong.' });
			return;
		}
		refunds.push({
			idempotencyKey: request.get('idempotency-key'),
			body: request.body as unknown,
		});
		refunds = refunds.slice(-MOST_REFUNDS);
		if (failures > 0) {
			failures--;
			response.status(503).json({ message: 'Try again later' });
		} else {
			response.status(201).json({ status: 'refunded' });
		}
	});
	return {
		router,
		refunds: () => refunds,
		fail: (times) => {
			failures = times;
		},
		forget: () => {
			refunds = [];
			failures = 0;
		},
	};
}

/** The provider's signature of a webhook: HMAC-SHA256 over the unchanged body, in hex. */
export const sign = (body: string, secret: string): string =>
	createHmac('sha256', secret).update(body).digest('hex');

/** A workflow that waits for a driver answers late. */
const MOST_SECONDS = 180;

/** Calls a webhook as the provider does, with exactly this body, and returns the answer whatever its status. */
export async function callWebhook(
	url: string,
	body: string,
	signature: string | undefined,
): Promise<{ status: number; data: unknown }> {
	const { status, data } = await axios.post<unknown>(url, body, {
		headers: {
			'content-type': 'application/json',
			...(signature !== undefined && { 'X-Signature': signature }),
		},
		proxy: false,
		timeout: MOST_SECONDS * 1000,
		maxContentLength: 100_000,
		validateStatus: null,
		transformRequest: (text: string) => text,
	});
	return { status, data };
}
