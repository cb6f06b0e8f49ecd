import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import express from 'express';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { controlClient } from '../controlClient.mts';
import { startServer } from '../support/localServer.mts';
import { assistant } from './assistant.mts';
import { answerFailure, onlyFromHere } from './guard.mts';
import { createInbox, type Inbox } from './inbox.mts';
import { modelEndpoint } from './model.mts';
import { priceSource } from './prices.mts';
import { createProvider, type Provider } from './provider.mts';
import { createShop } from './shop.mts';

/** The data of a credential that workflows need for these services. */
export interface ServiceCredential {
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/** What the example workflows talk to besides ChargEye: local stand-ins for services on the internet. */
export interface Services {
	inboxUrl: string;
	shopUrl: string;
	/** The local address for each origin that the example workflows have in their settings. */
	addresses: ReadonlyMap<string, string>;
	/** The signature's secret, the keys of refunds and model, the grid operator's password: new at every start, and on no page. */
	credentials: ServiceCredential[];
	inbox: Inbox;
	provider: Provider;
	stop(): Promise<void>;
}

export interface ServicesOptions {
	/** Port on 127.0.0.1; 0 takes any free one. */
	port?: number;
	/** The sandbox: its page of the stations, and the base URL of its control API. */
	sandbox: { page: string; control: string };
	/** The address of the webhook that takes payments. */
	webhookUrl: string;
	projectRoot?: string;
}

/** Starts the services on one port: prices, inbox, a stand-in for a language model, and a shop with its payment provider. */
export async function startServices(options: ServicesOptions): Promise<Services> {
	const { port = 0, sandbox, webhookUrl, projectRoot = process.cwd() } = options;
	const secret = randomBytes(24).toString('hex');
	const apiKey = randomBytes(24).toString('hex');
	const password = randomBytes(24).toString('hex');
	const modelKey = randomBytes(24).toString('hex');
	const fleet = controlClient(sandbox.control);
	const pages = join(projectRoot, 'host', 'demo', 'pages');
	const page =
		(name: string): express.RequestHandler =>
		(_request, response) =>
			response.sendFile(name, { root: pages, cacheControl: false });

	const inbox = createInbox(page('inbox.html'));
	const provider = createProvider(apiKey);
	const shop = createShop({ page: page('shop.html'), provider, webhookUrl, secret, fleet });
	const app = express().disable('x-powered-by').disable('etag');
	app.use(onlyFromHere);
	app.get('/stations', (_request, response) => response.redirect(sandbox.page));
	app.use('/pages', express.static(pages, { cacheControl: false, index: false, redirect: false }));
	app.use('/prices', priceSource());
	app.use('/inbox', inbox.router);
	app.use('/payments', provider.router, shop);
	app.use('/model', modelEndpoint(assistant, modelKey));
	app.use((request, response) => {
		response.status(404).json({ message: `There is nothing at ${request.path}.` });
	});
	app.use(answerFailure);

	const { url, close } = await startServer(app, port);
	const inboxUrl = `${url}/inbox`;
	const shopUrl = `${url}/payments`;
	return {
		inboxUrl,
		shopUrl,
		addresses: new Map([
			['https://prices.example.com', `${url}/prices`],
			['https://inbox.example.com', inboxUrl],
			['https://payments.example.com', shopUrl],
		]),
		credentials: [
			{ name: 'Webhook secret of the shop', type: 'crypto', data: { hmacSecret: secret } },
			{
				name: 'API key of the payment provider',
				type: 'httpHeaderAuth',
				data: { name: 'Authorization', value: `Bearer ${apiKey}` },
			},
			{
				name: 'Password of the grid operator',
				type: 'httpBasicAuth',
				data: { user: 'grid', password },
			},
			{
				name: 'Stand-in for a language model',
				type: 'openAiApi',
				data: { apiKey: modelKey, url: `${url}/model/v1` },
			},
		],
		inbox,
		provider,
		stop: close,
	};
}
