import express from 'express';

import { startServer } from '../../host/support/localServer.mts';

/** Plays a price service, and the chat that is told when something goes wrong. */
export interface PriceSource {
	pricesUrl: string;
	notifyUrl: string;
	/** What the next requests for prices are answered with. */
	answer(status: number, body: unknown): void;
	/** Every text that the chat was told. */
	notifications(): string[];
	/** Forgets the notifications. */
	forget(): void;
	stop(): Promise<void>;
}

/** Starts it on a free port of this machine. */
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
