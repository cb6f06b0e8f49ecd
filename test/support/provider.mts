import { createHmac } from 'node:crypto';
import axios from 'axios';
import express from 'express';

import { startServer } from '../../host/support/localServer.mts';

/** A refund that the provider was asked for. */
export interface Refund {
	idempotencyKey: string | undefined;
	authorization: string | undefined;
	body: unknown;
}

/** Plays the refund endpoint of a payment provider. */
export interface Provider {
	refundUrl: string;
	/** Every request for a refund, also those that failed. */
	refunds(): Refund[];
	/** Lets the next requests fail. */
	fail(times: number): void;
	/** Forgets the refunds, and fails no more. */
	forget(): void;
	stop(): Promise<void>;
}

/** Starts it on a free port of this machine. */
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

/** How the provider signs its webhooks: HMAC-SHA256 over the body as it is, in hex. */
export const sign = (body: string, secret: string): string =>
	createHmac('sha256', secret).update(body).digest('hex');

/** Calls a webhook as the provider does, with this very body, and returns the answer whatever its status. */
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
