import { createHmac } from 'node:crypto';
import axios from 'axios';
import express from 'express';

import { startServer } from '../../host/support/localServer.mts';

/** A requested refund. */
export interface Refund {
	idempotencyKey: string | undefined;
	authorization: string | undefined;
	body: unknown;
}

/** Simulates the refund endpoint of a payment provider. */
export interface Provider {
	refundUrl: string;
	/** Every requested refund, also those that failed. */
	refunds(): Refund[];
	/** Makes the next requests fail. */
	fail(times: number): void;
	/** Forgets the refunds, and lets requests succeed again. */
	forget(): void;
	stop(): Promise<void>;
}

/** Starts the provider on a free port of this machine. */
export async function startProvider(): Promise<Provider> {
	let refunds: Refund[] = [];
	let failures = 0;
	const app = express();
	app.post('/refunds', express.json(), (request, response) => {
		refunds.push({
			idempotencyKey: request.get('idempotency-key'),
			authorization: request.get('authorization'),
			body: request.body as unknown,
		});
		if (failures > 0) {
			failures--;
			response.status(503).json({ message: 'Try again later' });
		} else {
			response.status(201).json({ status: 'refunded' });
		}
	});
	const { url, close } = await startServer(app);
	return {
		refundUrl: `${url}/refunds`,
		refunds: () => refunds,
		fail: (times) => {
			failures = times;
		},
		forget: () => {
			refunds = [];
			failures = 0;
		},
		stop: close,
	};
}

/** The provider's signature of a webhook: HMAC-SHA256 over the unchanged body, in hex. */
export const sign = (body: string, secret: string): string =>
	createHmac('sha256', secret).update(body).digest('hex');

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
		validateStatus: null,
		transformRequest: (text: string) => text,
	});
	return { status, data };
}
