import express from 'express';

import { createProvider, type Provider } from '../../host/demo/provider.mts';
import { startServer } from '../../host/support/localServer.mts';

export { callWebhook, sign, type Refund } from '../../host/demo/provider.mts';

/** A payment provider of its own for a test. */
export interface TestProvider extends Provider {
	refundUrl: string;
	stop(): Promise<void>;
}

/** Starts the provider on a free port of this machine. @param apiKey the key that refunds must carry */
export async function startProvider(apiKey: string): Promise<TestProvider> {
	const provider = createProvider(apiKey);
	const { url, close } = await startServer(express().use(provider.router));
	return { ...provider, refundUrl: `${url}/v1/refunds`, stop: close };
}
