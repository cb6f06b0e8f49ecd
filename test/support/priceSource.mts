import express from 'express';

import { startServer } from '../../host/support/localServer.mts';

/** Simulates a price service, and the chat that gets a message when something goes wrong. */
export interface PriceSource {
	pricesUrl: string;
	notifyUrl: string;
	/** The answer to the next requests for prices. */
	answer(status: number, body: unknown): void;
	/** Every message that the chat received. */
	notifications(): string[];
	/** Forgets the notifications. */
	forget(): void;
	stop(): Promise<void>;
}

/** Starts both on a free port of this machine. */
export async function startPriceSource(): Promise<PriceSource> {
	let prices: { status: number; body: unknown } = { status: 200, body: [] };
	let notifications: string[] = [];
	const app = express();
	app.get('/prices', (_request, response) => {
		response.status(prices.status).json(prices.body);
	});
	app.post('/notifications', express.json(), (request, response) => {
		notifications.push((request.body as { text: string }).text);
		response.status(204).end();
	});
	const { url, close } = await startServer(app);
	return {
		pricesUrl: `${url}/prices`,
		notifyUrl: `${url}/notifications`,
		answer(status, body) {
			prices = { status, body };
		},
		notifications: () => notifications,
		forget() {
			notifications = [];
		},
		stop: close,
	};
}
