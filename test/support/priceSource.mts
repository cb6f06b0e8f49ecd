import express from 'express';

import { createInbox } from '../../host/demo/inbox.mts';
import { startServer } from '../../host/support/localServer.mts';

/** Simulates a price service, and the chat that gets a message when something goes wrong. */
export interface PriceSource {
	pricesUrl: string;
	notifyUrl: string;
	/** The answer to the next requests for prices. */
	answer(status: number, body: unknown): void;
	/** The text of every message that the chat received. */
	notifications(): string[];
	/** Every message that the chat received. */
	messages(): Array<Record<string, unknown>>;
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
	const messages = () =>
		inbox
			.messages()
			.map(({ body }) => body as Record<string, unknown>)
			.reverse();
	return {
		pricesUrl: `${url}/prices`,
		notifyUrl: `${url}/notifications`,
		answer(status, body) {
			prices = { status, body };
		},
		notifications: () => messages().map(({ text }) => text as string),
		messages,
		forget: () => inbox.forget(),
		stop: close,
	};
}
