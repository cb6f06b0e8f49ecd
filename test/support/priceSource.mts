import express from 'express';

import { createInbox } from '../../host/demo/inbox.mts';
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
	const inbox = createInbox((_request, response) => void response.end());
	const app = express();
	app.get('/prices', (_request, response) => {
		response.status(prices.status).json(prices.body);
	});
	app.use(inbox.router);
	const { url, close } = await startServer(app);
	return {
		pricesUrl: `${url}/prices`,
		notifyUrl: `${url}/notifications`,
		answer(status, body) {
			prices = { status, body };
		},
		notifications: () =>
			inbox
				.messages()
				.map(({ body }) => (body as { text: string }).text)
				.reverse(),
		forget: () => inbox.forget(),
		stop: close,
	};
}
